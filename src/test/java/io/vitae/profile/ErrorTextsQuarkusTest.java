package io.vitae.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vitae.testing.Answer;
import io.vitae.testing.Api;
import io.vitae.testing.PostgresResource;
import io.vitae.testing.TestWorkspace;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a failure says, to the letter, and which of several failures is told. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ErrorTextsQuarkusTest {
  private static final String NO_KEY = "Unauthorized. Invalid secret key";
  private static final String NO_SOURCE = "Invalid source fields";
  private static final String UNKNOWN_SOURCE =
      "Invalid source fields. Unable to find object: source";

  private TestWorkspace workspace;
  private Api api;

  @BeforeEach
  void newWorkspace() {
    workspace = TestWorkspace.create();
    api = Api.of(workspace);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                            | Invalid source fields",
        "{'source_key':null}                           | Invalid source fields",
        "{'source_key':5}                              | Invalid source fields",
        "{'source_key':['SOURCE']}                     | Invalid source fields",
        "{'profile':{'source_key':{}}}                 | Invalid source fields",
        "{'source_key':''}                             | " + UNKNOWN_SOURCE,
        "{'source_key':'source'}                       | " + UNKNOWN_SOURCE,
        "{'source_key':'SOURCE '}                      | " + UNKNOWN_SOURCE,
      },
      quoteCharacter = '"')
  void aFailureIsItsCodeAndItsMessage(String body, String message) {
    String sent = body.replace('\'', '"').replace("SOURCE", workspace.sourceKey());
    String expected = "{\"code\":400,\"message\":\"" + message + "\"}";

    assertThat(api.send("PUT", sent).text()).isEqualTo(expected);
    assertThat(api.send("POST", sent).text()).isEqualTo(expected);
  }

  @Test
  void aBodyThatIsNoJsonIsToldWhy() {
    assertThat(api.send("PUT", "no JSON").text())
        .isEqualTo(
            "{\"code\":400,\"message\":\"Invalid JSON\",\"errors\":[{\"field\":\"\","
                + "\"code\":\"invalid_json\",\"message\":\"must be one JSON object\"}]}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"key=k", "reference=r", "email=a@example.com"})
  void anUnknownProfileIsUnableToBeFound(String name) {
    String path = Api.INDEXING + "?source_key=" + workspace.sourceKey() + "&" + name;

    assertThat(api.send("GET", path, BodyPublishers.noBody()).text())
        .isEqualTo(
            "{\"code\":400,\"message\":\"Invalid parameters. Unable to find object: profile\"}");
  }

  @Test
  void unableToFindIsSaidOfWhatDoesNotExistOnly() {
    api.put("{\"key\":\"k\",\"reference\":\"r\",\"info\":{}}").created();

    assertThat(api.put("{\"key\":\"k2\",\"reference\":\"r\",\"info\":{}}").text())
        .doesNotContain("Unable to find");
    assertThat(api.put("{\"key\":\"k3\"}").text()).doesNotContain("Unable to find");
    assertThat(api.send("PUT", "{}").text()).doesNotContain("Unable to find");
    assertThat(Api.with("", "x").put("{}").text()).doesNotContain("Unable to find");
  }

  @Test
  void theKeyIsJudgedBeforeAnythingElse() {
    Api nobody = Api.with("ask_" + "0".repeat(32), "5");

    nobody.send("PUT", "no JSON").failed(401, NO_KEY);
    nobody.send("PUT", "{}").failed(401, NO_KEY);
    nobody.get().failed(401, NO_KEY);
    Api.with(workspace.readKey(), "5")
        .send("PUT", "no JSON")
        .failed(401, NO_KEY + " for permission: write");
  }

  @Test
  void theBodyIsJudgedBeforeTheSourceAndTheSourceBeforeTheProfile() {
    api.send("PUT", "{\"source_key\":5,}").failed(400, "Invalid JSON");
    api.send("PUT", "{\"source_key\":5,\"info\":5}").failed(400, NO_SOURCE);
    api.in("5").put("{\"info\":5}").failed(400, UNKNOWN_SOURCE);
    api.put("{\"info\":5}").failed(400, "Invalid profile fields");
  }

  @Test
  void theContentIsJudgedBeforeWhatIsStored() {
    api.post("{\"reference\":\"r\",\"info\":{}}").created();

    Answer post = api.post("{\"reference\":\"r\",\"info\":{\"phone\":1}}");
    Answer put = api.put("{\"key\":\"k\",\"reference\":\"r\",\"info\":{\"phone\":1}}");

    assertThat(post.failed(400, "Invalid profile fields").errors())
        .containsExactly("/info/phone invalid_type");
    assertThat(put.failed(400, "Invalid profile fields").errors())
        .containsExactly("/info/phone invalid_type");
  }
}
