package io.vitae.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vitae.testing.Answer;
import io.vitae.testing.Api;
import io.vitae.testing.PostgresResource;
import io.vitae.testing.TestWorkspace;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which key may do what, and what a key that may not is told. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class AccessQuarkusTest {
  private static final String UNAUTHORIZED =
      "{\"code\":401,\"message\":\"Unauthorized. Invalid secret key\"}";
  private static final String PROFILE =
      "{\"key\":\"k\",\"reference\":\"r\",\"info\":{\"email\":\"a@example.com\"}}";

  private TestWorkspace workspace;
  private Api api;

  @BeforeEach
  void storeAProfile() {
    workspace = TestWorkspace.create();
    api = Api.of(workspace);
    api.put(PROFILE).created();
  }

  @Test
  void aKeyForAllMayDoAll() {
    api.put(PROFILE).edited();
    api.post("{\"info\":{}}").created();
    api.get("key", "k").found();
  }

  @Test
  void aReadKeyReadsOnly() {
    Api reader = Api.with(workspace.readKey(), workspace.sourceKey());
    String refusal =
        "{\"code\":401,\"message\":\"Unauthorized. Invalid secret key for permission: write\"}";

    reader.get("key", "k").found();
    assertThat(reader.put("{\"key\":\"k\",\"text\":\"x\"}").text()).isEqualTo(refusal);
    assertThat(reader.post("{\"info\":{}}").text()).isEqualTo(refusal);
    assertThat(api.get("key", "k").etag()).isEqualTo("\"1\"");
  }

  @Test
  void aWriteKeyWritesOnly() {
    Api writer = Api.with(workspace.writeKey(), workspace.sourceKey());

    writer.put("{\"key\":\"k\",\"text\":\"x\"}").edited();
    writer.post("{\"info\":{}}").created();
    assertThat(writer.get("key", "k").text())
        .isEqualTo(
            "{\"code\":401,\"message\":\"Unauthorized. Invalid secret key for permission: read\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "undefined",
        "ask_",
        "ask_0123456789abcdef0123456789abcde",
        "ask_0123456789abcdef0123456789abcdef0",
        "ask_0123456789ABCDEF0123456789ABCDEF",
        "ASK_0123456789abcdef0123456789abcdef",
        "askx_0123456789abcdef0123456789abcdef",
        "ask_ffffffffffffffffffffffffffffffff",
        "askr_ffffffffffffffffffffffffffffffff",
        "askw_ffffffffffffffffffffffffffffffff",
        "' OR true --"
      })
  void whatIsNoKeyOfOursIsUnauthorized(String key) {
    Api nobody = Api.with(key, workspace.sourceKey());

    assertThat(nobody.get("key", "k").text()).isEqualTo(UNAUTHORIZED);
    assertThat(nobody.put(PROFILE).text()).isEqualTo(UNAUTHORIZED);
    assertThat(nobody.post("{\"info\":{}}").text()).isEqualTo(UNAUTHORIZED);
  }

  @Test
  void thePrefixOfAKeyIsPartOfIt() {
    String digits = workspace.readKey().substring("askr_".length());

    for (String prefix : new String[] {"ask_", "askw_"}) {
      Api forger = Api.with(prefix + digits, workspace.sourceKey());
      assertThat(forger.put(PROFILE).text()).isEqualTo(UNAUTHORIZED);
      assertThat(forger.get("key", "k").text()).isEqualTo(UNAUTHORIZED);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"undefined", "someone@example.com", "no address", "@", "\u00e9@\u00e9"})
  void whoActsDoesNotDecide(String email) {
    String path = Api.INDEXING + "?source_key=" + workspace.sourceKey() + "&key=k";

    api.send("GET", path, BodyPublishers.noBody(), "X-USER-EMAIL", email).found();
  }

  @Test
  void aRevokedKeyIsRefusedWithinFiveSeconds() throws SQLException {
    api.get("key", "k").found();
    revokeKeys();
    Instant deadline = Instant.now().plus(Duration.ofSeconds(6));

    // Each request is one question; how many it takes is the cache's business.
    Answer answer = api.get("key", "k");
    while (answer.status() == 200 && Instant.now().isBefore(deadline)) {
      answer = api.get("key", "k");
    }

    assertThat(answer.text()).isEqualTo(UNAUTHORIZED);
    assertThat(api.put(PROFILE).text()).isEqualTo(UNAUTHORIZED);
  }

  @ParameterizedTest
  @CsvSource({"key, k", "reference, r", "email, a@example.com"})
  void anotherWorkspaceSeesInASourceOfOursWhatItSeesInNone(String name, String value) {
    TestWorkspace other = TestWorkspace.create();
    Api inOurs = Api.with(other.allKey(), workspace.sourceKey());
    Api inNone = Api.with(other.allKey(), TestWorkspace.hex(40));

    alike(inOurs.get(name, value), inNone.get(name, value));
    alike(inOurs.put(PROFILE), inNone.put(PROFILE));
    alike(inOurs.post("{\"reference\":\"r\",\"info\":{}}"), inNone.post("{\"info\":{}}"));
    assertThat(inOurs.get(name, value).text())
        .isEqualTo(
            "{\"code\":400,\"message\":"
                + "\"Invalid source fields. Unable to find object: source\"}");
    assertThat(api.get("key", "k").etag()).isEqualTo("\"1\"");
  }

  @ParameterizedTest
  @CsvSource({"key, k", "reference, r", "email, a@example.com"})
  void anotherWorkspaceSeesOurProfilesAsItSeesNone(String name, String value) {
    Api other = Api.of(TestWorkspace.create());

    alike(other.get(name, value), other.get(name, "x" + value));
    other.put("{\"key\":\"k\",\"text\":\"x\"}").failed(400, "Invalid profile fields");
    other.post("{\"reference\":\"r\",\"info\":{}}").created();
  }

  /** The same to the byte, but for the request's own name. */
  private static void alike(Answer ours, Answer none) {
    assertThat(ours.status()).isEqualTo(none.status());
    assertThat(ours.text()).isEqualTo(none.text());
    assertThat(ours.headers().map().keySet()).isEqualTo(none.headers().map().keySet());
    ours.headers()
        .map()
        .forEach(
            (name, values) -> {
              if (!name.equalsIgnoreCase("X-Request-Id")) {
                assertThat(values).as(name).isEqualTo(none.headers().allValues(name));
              }
            });
  }

  private void revokeKeys() throws SQLException {
    try (Connection connection = TestWorkspace.connect();
        PreparedStatement revoke =
            connection.prepareStatement(
                "UPDATE api_key SET revoked_at = now() WHERE workspace_id = ?")) {
      revoke.setLong(1, workspace.id());
      assertThat(revoke.executeUpdate()).isEqualTo(3);
    }
  }
}
