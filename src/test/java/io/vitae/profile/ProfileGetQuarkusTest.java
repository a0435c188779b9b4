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

/** {@code GET /v1/profile/indexing}. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ProfileGetQuarkusTest {
  private static final String UNKNOWN = "Invalid parameters. Unable to find object: profile";

  private TestWorkspace workspace;
  private Api api;
  private Answer stored;

  @BeforeEach
  void storeAProfile() {
    workspace = TestWorkspace.create();
    api = Api.of(workspace);
    stored =
        api.put("{\"key\":\"k\",\"reference\":\"r\",\"info\":{\"email\":\"Ada@Example.com\"}}")
            .created();
    api.put("{\"key\":\"other\",\"reference\":\"o\",\"info\":{\"email\":\"o@example.com\"}}");
  }

  @ParameterizedTest
  @CsvSource({"key, k", "reference, r", "email, Ada@Example.com", "email, ADA@example.COM"})
  void findsByAnyName(String name, String value) {
    Answer answer = api.get(name, value).found();

    assertThat(answer.data()).isEqualTo(stored.data());
    assertThat(answer.etag()).isEqualTo(stored.etag());
  }

  @Test
  void allGivenNamesMustBeThoseOfOneProfile() {
    api.get("key", "k", "reference", "r", "email", "ada@example.com").found();
    api.get("key", "k", "reference", "o").failed(400, UNKNOWN);
    api.get("reference", "r", "email", "o@example.com").failed(400, UNKNOWN);
  }

  @Test
  void anEmptyNameIsNone() {
    api.get("key", "k", "reference", "", "email", "").found();
    missesAName(api.get("key", ""));
    missesAName(api.get());
  }

  @ParameterizedTest
  @CsvSource({"key, x", "reference, R", "email, ada@example.org", "email, Ada%", "key, k%"})
  void aNameThatNobodyHasIsUnknown(String name, String value) {
    api.get(name, value).failed(400, UNKNOWN);
  }

  @Test
  void ofSeveralWithOneAddressTheLastChangedIsMeant() {
    api.put("{\"key\":\"twin\",\"info\":{\"email\":\"ada@example.com\"}}").created();
    assertThat(keyOf(api.get("email", "ada@example.com"))).isEqualTo("twin");

    api.put("{\"key\":\"k\",\"text\":\"changed\"}").edited();
    assertThat(keyOf(api.get("email", "ada@example.com"))).isEqualTo("k");
  }

  @Test
  void aProfileIsFoundUnderItsPresentAddressOnly() {
    api.put("{\"key\":\"k\",\"info\":{\"email\":\"new@example.com\"}}").edited();

    api.get("email", "new@example.com").found();
    api.get("email", "ada@example.com").failed(400, UNKNOWN);
  }

  @Test
  void theSourceMustBeNamedAndKnown() {
    failsWithoutSource(Api.INDEXING + "?key=k", "Invalid source fields");
    failsWithoutSource(Api.INDEXING + "?source_key=&key=k", "Invalid source fields");
    failsWithoutSource(Api.INDEXING, "Invalid source fields");
    failsWithoutSource(
        Api.INDEXING + "?source_key=" + "0".repeat(40) + "&key=k",
        "Invalid source fields. Unable to find object: source");
    api.in(workspace.newSource()).get("key", "k").failed(400, UNKNOWN);
  }

  @Test
  void whatWasPutIsWhatIsGot() {
    Answer put = api.put("{\"key\":\"k\",\"tags\":[{\"name\":\"t\",\"value\":1.50}]}").edited();

    assertThat(api.get("key", "k").found().data()).isEqualTo(put.data());
  }

  private void failsWithoutSource(String path, String message) {
    api.send("GET", path, BodyPublishers.noBody()).failed(400, message);
  }

  private static void missesAName(Answer answer) {
    assertThat(answer.text())
        .isEqualTo(
            "{\"code\":400,\"message\":\"Invalid parameters\",\"errors\":[{\"field\":\"key\","
                + "\"code\":\"required\",\"message\":\"give key, reference or email\"}]}");
  }

  private static String keyOf(Answer answer) {
    return answer.found().data().path("key").textValue();
  }
}
