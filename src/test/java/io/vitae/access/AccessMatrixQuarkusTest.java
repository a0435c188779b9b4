package io.vitae.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vitae.testing.Answer;
import io.vitae.testing.Api;
import io.vitae.testing.Fixtures;
import io.vitae.testing.OpenApi;
import io.vitae.testing.PostgresResource;
import io.vitae.testing.TestWorkspace;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every operation with every kind of key: what happens, to the word. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class AccessMatrixQuarkusTest {
  private static final String NOBODY =
      "{\"code\":401,\"message\":\"Unauthorized. Invalid secret key\"}";

  private TestWorkspace workspace;
  private Map<String, String> names;

  @BeforeEach
  void storeWhatTheRequestsAreAbout() {
    workspace = TestWorkspace.create();
    names = invented(workspace.sourceKey());
    Api api = Api.of(workspace);
    api.put(
            """
            {"key": "%s", "reference": "%s", "info": {"email": "%s"}, "consent_algorithmic":
             {"owner": {"searching": true}, "controller": {"searching": true}}}
            """
                .formatted(names.get("profile"), names.get("reference"), names.get("email")))
        .created();
    names.put("id", newKey().path("id").asText());
  }

  static Stream<JsonNode> requests() {
    return StreamSupport.stream(Fixtures.json("access/matrix.json").spliterator(), false);
  }

  static Stream<Arguments> cells() {
    return requests()
        .flatMap(
            request ->
                Stream.of("all", "read", "write", "other")
                    .map(key -> Arguments.of(request.path("request").textValue(), key, request)));
  }

  @ParameterizedTest(name = "{0} with {1}")
  @MethodSource("cells")
  void aCellIsWhatTheTableSays(String name, String key, JsonNode request) {
    String secret =
        switch (key) {
          case "all" -> workspace.allKey();
          case "read" -> workspace.readKey();
          case "write" -> workspace.writeKey();
          default -> TestWorkspace.create().allKey();
        };

    Answer answer = send(secret, request, names);

    assertThat(answer.status() + " " + answer.message())
        .isEqualTo(filled(request.path(key).textValue(), names));
  }

  @ParameterizedTest
  @ValueSource(strings = {"revoked", "unknown", "none", "malformed"})
  void whoHasNoKeyIsToldNothingElse(String key) {
    String secret =
        switch (key) {
          case "revoked" -> revokedKey();
          case "unknown" -> "ask_" + TestWorkspace.hex(32);
          case "none" -> "";
          default -> workspace.allKey().replace("ask_", "ask-");
        };

    assertThat(requests())
        .allSatisfy(request -> assertThat(send(secret, request, names).text()).isEqualTo(NOBODY));
  }

  /** Ours do not exist for them: the answer is, to the byte, that about what nobody has. */
  @ParameterizedTest
  @MethodSource("requests")
  void anotherTenantSeesOursAsItSeesNothing(JsonNode request) {
    String theirs = TestWorkspace.create().allKey();
    Map<String, String> nothing = invented(TestWorkspace.hex(40));
    // As long as ours: the length of a message tells nothing, either.
    nothing.put("id", "9".repeat(names.get("id").length()));

    Answer ours = send(theirs, request, names);
    Answer none = send(theirs, request, nothing);

    assertThat(ours.status()).isEqualTo(none.status());
    assertThat(ours.text()).doesNotContain(names.get("source"), names.get("profile"));
    if (ours.status() >= 400 || request.path("request").textValue().startsWith("GET ")) {
      assertThat(ours.text()).isEqualTo(none.text());
      assertThat(headers(ours)).isEqualTo(headers(none));
    }
  }

  @Test
  void everyOperationIsInTheTable() {
    Set<String> operations = new TreeSet<>();
    for (Map.Entry<String, JsonNode> path : OpenApi.DOCUMENT.path("paths").properties()) {
      path.getValue()
          .fieldNames()
          .forEachRemaining(
              method ->
                  operations.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey()));
    }

    assertThat(
            requests()
                .map(request -> request.path("request").textValue().split("\\?", 2)[0])
                .collect(Collectors.toSet()))
        .isEqualTo(operations);
  }

  private static Map<String, String> invented(String source) {
    Map<String, String> names = new java.util.HashMap<>();
    names.put("source", source);
    names.put("profile", TestWorkspace.hex(40));
    names.put("reference", TestWorkspace.hex(12));
    names.put("email", TestWorkspace.hex(12) + "@example.com");
    return names;
  }

  private JsonNode newKey() {
    return Api.of(workspace)
        .send("POST", "/v1/auth/keys", BodyPublishers.ofString("{\"permission\": \"all\"}"))
        .data();
  }

  private String revokedKey() {
    JsonNode key = newKey();
    String path = "/v1/auth/keys?id=" + key.path("id").asText();
    Answer answer = Api.of(workspace).send("DELETE", path, BodyPublishers.noBody());
    assertThat(answer.message()).isEqualTo("Key revoked");
    return key.path("key").textValue();
  }

  private static Answer send(String secret, JsonNode request, Map<String, String> names) {
    String[] line = filled(request.path("request").textValue(), names).split(" ", 2);
    String body = request.has("body") ? filled(request.path("body").toString(), names) : "";
    return Api.with(secret, "").send(line[0], line[1], BodyPublishers.ofString(body));
  }

  private static String filled(String text, Map<String, String> names) {
    String filled = text;
    for (Map.Entry<String, String> name : names.entrySet()) {
      filled = filled.replace("<" + name.getKey() + ">", name.getValue());
    }
    return filled;
  }

  private static Map<String, Object> headers(Answer answer) {
    Map<String, Object> headers = new java.util.TreeMap<>(answer.headers().map());
    headers.keySet().removeIf(name -> name.equalsIgnoreCase("X-Request-Id"));
    return headers;
  }
}
