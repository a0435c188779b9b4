package io.vitae.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vitae.testing.Answer;
import io.vitae.testing.Api;
import io.vitae.testing.Fixtures;
import io.vitae.testing.PostgresResource;
import io.vitae.testing.TestWorkspace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The example that HrFlow publishes for PUT: its request gives its response. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class PublishedExampleQuarkusTest {
  private static final String KEY = "profile_key";
  private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\+0000";

  private TestWorkspace workspace;
  private Api api;

  @BeforeEach
  void newWorkspace() {
    workspace = TestWorkspace.create();
    api = Api.of(workspace);
  }

  @Test
  void theRequestGivesTheResponse() {
    ObjectNode request = Fixtures.object("samples/put-request.json");
    api.put("{\"key\":\"" + KEY + "\",\"info\":{\"full_name\":\"Harry\"}}").created();

    Answer answer = api.put(request.put("key", KEY)).edited();

    assertThat(answer.json()).isEqualTo(expected(answer.data()));
  }

  @Test
  void theRequestGivesTheSameProfileWhenItCreates() {
    ObjectNode request = Fixtures.object("samples/put-request.json");

    Answer answer = api.put(request.put("key", KEY)).created();

    assertThat(answer.data()).isEqualTo(expected(answer.data()).get("data"));
    assertThat(api.get("key", KEY).found().data()).isEqualTo(answer.data());
  }

  @Test
  void theFailureIsThePublishedOne() {
    ObjectNode request = Fixtures.object("samples/put-request.json");

    Answer answer = api.send("PUT", request.put("key", KEY).toString());

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json()).isEqualTo(Fixtures.json("samples/put-error.json"));
  }

  /** The published response, but for everything in which ours differs. This is the whole list. */
  private ObjectNode expected(JsonNode actual) {
    ObjectNode expected = Fixtures.object("samples/put-response.json");
    // Made by the server.
    made(expected, actual, "/data/id", "\\d+");
    made(expected, actual, "/data/updated_at", TIME);
    made(expected, actual, "/data/created_at", TIME);
    made(expected, actual, "/data/experiences/0/key", "[0-9a-f]{40}");
    made(expected, actual, "/data/educations/0/key", "[0-9a-f]{40}");
    made(expected, actual, "/data/source/id", "\\d+");
    set(expected, "/data/source/key", workspace.sourceKey());
    set(expected, "/data/source/name", "Test source");
    // Added by us, as HrFlow's live service has them.
    set(expected, "/data/source/environment", "production");
    set(expected, "/data/source_key", workspace.sourceKey());
    set(expected, "/data/archived_at", null);
    // Sent in the published request, absent from the published response.
    JsonNode request = Fixtures.json("samples/put-request.json");
    set(expected, "/data/text", request.path("text").textValue());
    set(expected, "/data/info/picture", "picture public url");
    // Spelt one way in the published request, another in the published response.
    set(expected, "/data/experiences/0/date_start", "2016-01-01T00:00:00");
    set(expected, "/data/experiences/0/courses/0/name", "course exp");
    set(expected, "/data/experiences/0/tasks/0/name", "task exp");
    set(expected, "/data/educations/0/courses/0/name", "course edu");
    set(expected, "/data/educations/0/tasks/0/name", "task edu");
    set(expected, "/data/courses/1/name", "cours edu");
    return expected;
  }

  private static void made(ObjectNode expected, JsonNode actual, String pointer, String form) {
    JsonNode value = actual.at(pointer.substring("/data".length()));
    assertThat(value.asText()).as(pointer).matches(form);
    parent(expected, pointer).set(name(pointer), value);
  }

  /** Sets what differs; what does not is no entry of the list. */
  private static void set(ObjectNode expected, String pointer, String value) {
    JsonNode node = JsonNodeFactory.instance.textNode(value);
    JsonNode wanted = value == null ? JsonNodeFactory.instance.nullNode() : node;
    assertThat(expected.at(pointer)).as(pointer).isNotEqualTo(wanted);
    parent(expected, pointer).set(name(pointer), wanted);
  }

  private static ObjectNode parent(ObjectNode root, String pointer) {
    return (ObjectNode) root.at(pointer.substring(0, pointer.lastIndexOf('/')));
  }

  private static String name(String pointer) {
    return pointer.substring(pointer.lastIndexOf('/') + 1);
  }
}
