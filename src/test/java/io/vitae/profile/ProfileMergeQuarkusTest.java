package io.vitae.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vitae.testing.Answer;
import io.vitae.testing.Api;
import io.vitae.testing.Fixtures;
import io.vitae.testing.PostgresResource;
import io.vitae.testing.TestWorkspace;
import java.util.Iterator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * "Absent field = kept, present = replaced whole (arrays too), explicit null = cleared", for one
 * field of each kind. {@code merge/table.json} says of each what is stored, what is sent, and what
 * then has to be there.
 */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ProfileMergeQuarkusTest {
  private static final ObjectNode TABLE = Fixtures.object("merge/table.json");
  private static final String KEY = "k";

  private Api api;
  private ObjectNode before;

  @BeforeEach
  void storeEveryField() {
    api = Api.of(TestWorkspace.create());
    ObjectNode profile = Answer.JSON.createObjectNode().put("key", KEY);
    TABLE.properties().forEach(row -> profile.set(row.getKey(), row.getValue().get("stored")));
    before = stateIn(api.put(profile).created());
    TABLE.properties().forEach(row -> expect(before, row.getKey(), row.getValue().get("stored")));
  }

  static Stream<String> fields() {
    Iterator<String> names = TABLE.fieldNames();
    return Stream.generate(() -> null).takeWhile(none -> names.hasNext()).map(none -> names.next());
  }

  @ParameterizedTest
  @MethodSource("fields")
  void anAbsentFieldIsKept(String field) {
    ObjectNode others = Answer.JSON.createObjectNode().put("key", KEY);
    TABLE.properties().forEach(row -> others.set(row.getKey(), row.getValue().get("sent")));
    others.remove(field);

    ObjectNode after = stateIn(api.put(others).edited());

    expect(after, field, TABLE.get(field).get("stored"));
    others.remove("key");
    others.fieldNames().forEachRemaining(o -> expect(after, o, TABLE.get(o).get("replaced")));
  }

  @ParameterizedTest
  @MethodSource("fields")
  void aPresentFieldIsReplacedWholeAndNoOtherTouched(String field) {
    ObjectNode body = Answer.JSON.createObjectNode().put("key", KEY);
    body.set(field, TABLE.get(field).get("sent"));

    changesOnly(field, TABLE.get(field).get("replaced"), body);
  }

  @ParameterizedTest
  @MethodSource("fields")
  void anExplicitNullClearsAFieldAndNoOther(String field) {
    ObjectNode body = Answer.JSON.createObjectNode().put("key", KEY).putNull(field);

    changesOnly(field, TABLE.get(field).get("cleared"), body);
  }

  @Test
  void aPutOfNothingButTheKeyChangesNothing() {
    Answer answer = api.put("{\"key\":\"k\"}").edited();

    assertThat(stateIn(answer)).isEqualTo(before);
    assertThat(answer.etag()).isEqualTo("\"1\"");
  }

  private void changesOnly(String field, JsonNode expected, ObjectNode body) {
    Answer put = api.put(body).edited();
    ObjectNode wanted = before.deepCopy().set(field, expected);

    assertThat(stateIn(put)).isEqualTo(wanted);
    Answer stored = api.get("key", KEY).found();
    assertThat(stored.data()).isEqualTo(put.data());
    assertThat(stored.etag())
        .isEqualTo(put.etag())
        .isEqualTo(wanted.equals(before) ? "\"1\"" : "\"2\"");
  }

  private static void expect(ObjectNode profile, String field, JsonNode value) {
    assertThat(profile.get(field)).as(field).isEqualTo(value);
  }

  /** The profile without the one field that every change changes. */
  private static ObjectNode stateIn(Answer answer) {
    ObjectNode profile = answer.data().deepCopy();
    profile.remove("updated_at");
    return profile;
  }
}
