package io.vitae.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vitae.testing.Answer;
import io.vitae.testing.Api;
import io.vitae.testing.Fixtures;
import io.vitae.testing.PostgresResource;
import io.vitae.testing.TestWorkspace;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rules for a profile's content. Each entry of {@code validation/violations.json} is a profile
 * with all the errors it must get, in their order and to the letter; {@code
 * validation/accepted.json} has what must not be refused.
 */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ProfileValidationQuarkusTest {
  private static final String REFUSED = "Invalid profile fields";

  private TestWorkspace workspace;
  private Api api;

  @BeforeEach
  void newWorkspace() {
    workspace = TestWorkspace.create();
    api = Api.of(workspace);
  }

  static Stream<Arguments> violations() {
    return cases("validation/violations.json")
        .map(c -> Arguments.of(name(c), text(c, "profile"), text(c, "errors")));
  }

  static Stream<Arguments> accepted() {
    return cases("validation/accepted.json").map(c -> Arguments.of(name(c), text(c, "profile")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("violations")
  void everyViolationIsNamedAtOnce(String name, String profile, String errors) {
    ObjectNode flat = (ObjectNode) Answer.parse(profile);
    ArrayNode expected = (ArrayNode) Answer.parse(errors);

    Answer put = api.put(flat.put("key", "k")).failed(400, REFUSED);
    Answer post = api.post(profile).failed(400, REFUSED);
    Answer nested = api.send("PUT", nested(profile)).failed(400, REFUSED);

    assertThat(put.json().get("errors")).isEqualTo(expected);
    assertThat(post.json().get("errors")).isEqualTo(expected);
    expected.forEach(e -> ((ObjectNode) e).put("field", "/profile" + e.get("field").textValue()));
    assertThat(nested.json().get("errors")).isEqualTo(expected);
    api.get("key", "k").failed(400, "Invalid parameters. Unable to find object: profile");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("accepted")
  void whatIsRightIsStored(String name, String profile) {
    ObjectNode flat = (ObjectNode) Answer.parse(profile);

    Answer created = api.put(flat.put("key", "k")).created();
    assertThat(api.send("PUT", nested(profile)).edited().data()).isEqualTo(created.data());
    api.post(profile).created();
  }

  @Test
  void aBadPutOfAnExistingProfileChangesNothing() {
    Answer before = api.put("{\"key\":\"k\",\"info\":{\"full_name\":\"Ada\"}}").created();

    api.put("{\"key\":\"k\",\"text\":\"new\",\"info\":{\"email\":\"bad\"}}").failed(400, REFUSED);

    Answer after = api.get("key", "k").found();
    assertThat(after.data()).isEqualTo(before.data());
    assertThat(after.etag()).isEqualTo(before.etag());
  }

  @Test
  void identityAndContentAreJudgedTogether() {
    Answer answer = api.put("{\"key\":\"a b\",\"reference\":1,\"info\":{\"phone\":1},\"text\":2}");

    assertThat(answer.failed(400, REFUSED).errors())
        .containsExactly(
            "/key invalid_key",
            "/reference invalid_reference",
            "/info/phone invalid_type",
            "/text invalid_type");
  }

  @Test
  void atMostFiftyErrorsAreListed() {
    String tags =
        IntStream.range(0, 60).mapToObj(i -> "{\"name\":1}").collect(Collectors.joining(","));

    Answer answer = api.put("{\"key\":\"k\",\"info\":{},\"tags\":[" + tags + "]}");

    assertThat(answer.failed(400, REFUSED).errors())
        .hasSize(50)
        .startsWith("/tags/0/name invalid_type")
        .endsWith("/tags/49/name invalid_type");
  }

  @Test
  void noErrorRepeatsTheValue() {
    String secret = "canary-" + TestWorkspace.hex(16);

    Answer answer =
        api.put(
            ("{'key':'! %1$s','reference':['%1$s'],'info':{'email':'%1$s','gender':'%1$s',"
                    + "'date_birth':'%1$s','location':{'lat':'%1$s'}},'text_language':'%1$s'}")
                .replace('\'', '"')
                .formatted(secret));

    assertThat(answer.failed(400, REFUSED).errors()).hasSize(7);
    assertThat(answer.text()).doesNotContain(secret);
  }

  private String nested(String profile) {
    return "{\"source_key\":\"%s\",\"key\":\"k\",\"profile\":%s}"
        .formatted(workspace.sourceKey(), profile);
  }

  private static Stream<JsonNode> cases(String file) {
    return StreamSupport.stream(Fixtures.json(file).spliterator(), false);
  }

  private static String name(JsonNode entry) {
    return entry.path("name").textValue();
  }

  private static String text(JsonNode entry, String name) {
    return entry.get(name).toString();
  }
}
