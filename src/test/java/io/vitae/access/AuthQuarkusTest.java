package io.vitae.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vitae.testing.Answer;
import io.vitae.testing.Api;
import io.vitae.testing.PostgresResource;
import io.vitae.testing.TestWorkspace;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code /v1/auth} and the keys of a workspace. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class AuthQuarkusTest {
  private static final String KEYS = "/v1/auth/keys";

  private TestWorkspace workspace;
  private Api api;

  @BeforeEach
  void newWorkspace() {
    workspace = TestWorkspace.create();
    api = Api.of(workspace);
  }

  @Test
  void everyKeyIsToldWhatItIsGoodFor() {
    describes(workspace.allKey(), "all");
    describes(workspace.readKey(), "read");
    describes(workspace.writeKey(), "write");
  }

  @ParameterizedTest
  @CsvSource({"all, ask_", "read, askr_", "write, askw_"})
  void aNewKeyShowsItsSecretOnceAndWorks(String permission, String prefix) {
    JsonNode made =
        create("{\"permission\": \"" + permission + "\", \"name\": \"Zoë's \\\"key\\\"\"}");
    String secret = made.path("key").textValue();

    assertThat(secret).matches(prefix + "[0-9a-f]{32}");
    assertThat(made.path("permission").textValue()).isEqualTo(permission);
    assertThat(made.path("name").textValue()).isEqualTo("Zoë's \"key\"");
    assertThat(made.path("revoked_at").isNull()).isTrue();
    describes(secret, permission);
    Answer list = list();
    assertThat(list.text()).doesNotContain(secret.substring(5)).doesNotContain("\"key\":");
    assertThat(ids(list)).contains(made.path("id").longValue()).hasSize(4);
  }

  @Test
  void aKeyNeedsNoName() {
    assertThat(create("{\"permission\": \"read\"}").path("name").isNull()).isTrue();
    assertThat(create("{\"permission\": \"read\", \"name\": null}").path("name").isNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                              | /permission invalid_value",
        "{\"permission\": \"ALL\"}                       | /permission invalid_value",
        "{\"permission\": 1}                             | /permission invalid_type, /permission invalid_value",
        "{\"permission\": \"all\", \"name\": \"\"}       | /name invalid_type",
        "{\"permission\": \"all\", \"key\": \"ask_0\"}   | /key unknown_field"
      })
  void everyErrorIsNamedAtOnce(String body, String errors) {
    Answer answer = api.send("POST", KEYS, BodyPublishers.ofString(body));

    assertThat(answer.failed(400, "Invalid parameters").errors())
        .containsExactly(errors.split(", ", -1));
    assertThat(ids(list())).hasSize(3);
  }

  @Test
  void aRevokedKeyStopsAtOnceWhereItWasRevoked() {
    JsonNode made = create("{\"permission\": \"all\"}");
    String secret = made.path("key").textValue();
    describes(secret, "all");

    JsonNode revoked = revoke(made.path("id").asText()).data();

    assertThat(revoked.path("revoked_at").isTextual()).isTrue();
    auth(secret).failed(401, "Unauthorized. Invalid secret key");
    JsonNode again = revoke(made.path("id").asText()).data();
    assertThat(again).isEqualTo(revoked);
    assertThat(list().data()).anySatisfy(key -> assertThat(key).isEqualTo(revoked));
  }

  @Test
  void aKeyCanRevokeItself() {
    JsonNode made = create("{\"permission\": \"all\"}");
    Api self = Api.with(made.path("key").textValue(), workspace.sourceKey());

    self.send("DELETE", KEYS + "?id=" + made.path("id").asText(), BodyPublishers.noBody());

    auth(made.path("key").textValue()).failed(401, "Unauthorized. Invalid secret key");
  }

  @Test
  void anotherWorkspacesKeyIsUnknown() {
    String id = create("{\"permission\": \"read\"}").path("id").asText();
    Api other = Api.of(TestWorkspace.create());

    String unknown = "Invalid parameters. Unable to find object: key";
    other.send("DELETE", KEYS + "?id=" + id, BodyPublishers.noBody()).failed(400, unknown);
    revoke("999999999999999999").failed(400, unknown);
    Answer theirs = other.send("GET", KEYS, BodyPublishers.noBody());
    assertThat(ids(theirs)).hasSize(3).doesNotContainAnyElementsOf(ids(list()));
    assertThat(list().data())
        .allSatisfy(key -> assertThat(key.path("revoked_at").isNull()).isTrue());
  }

  @ParameterizedTest
  @CsvSource({
    "'', id required",
    "?id=, id required",
    "?id=x, id required",
    "?id=-1, id required",
    "?id=9999999999999999999, id required"
  })
  void aKeyToRevokeIsNamedByItsId(String query, String error) {
    Answer answer = api.send("DELETE", KEYS + query, BodyPublishers.noBody());

    assertThat(answer.failed(400, "Invalid parameters").errors()).containsExactly(error);
  }

  private void describes(String secret, String permission) {
    JsonNode data = auth(secret).data();
    assertThat(data.path("api_key_permission").textValue()).isEqualTo(permission);
    assertThat(data.path("team_name").textValue()).startsWith("test-");
    assertThat(data.path("team_subdomain")).isEqualTo(data.path("team_name"));
    assertThat(data.path("request_origin").textValue()).isEqualTo("127.0.0.1");
  }

  private Answer auth(String secret) {
    return Api.with(secret, "").send("GET", "/v1/auth", BodyPublishers.noBody());
  }

  private JsonNode create(String body) {
    Answer answer = api.send("POST", KEYS, BodyPublishers.ofString(body));
    assertThat(answer.message()).as(answer.text()).isEqualTo("Key created");
    return answer.data();
  }

  private Answer revoke(String id) {
    return api.send("DELETE", KEYS + "?id=" + id, BodyPublishers.noBody());
  }

  private Answer list() {
    return api.send("GET", KEYS, BodyPublishers.noBody());
  }

  private static List<Long> ids(Answer list) {
    List<Long> ids = new ArrayList<>();
    list.data().forEach(key -> ids.add(key.path("id").longValue()));
    return ids;
  }
}
