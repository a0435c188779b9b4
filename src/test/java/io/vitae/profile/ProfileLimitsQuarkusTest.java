package io.vitae.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vitae.testing.Answer;
import io.vitae.testing.Api;
import io.vitae.testing.PostgresResource;
import io.vitae.testing.RawConnection;
import io.vitae.testing.TestWorkspace;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each limit at its edge, where a profile passes, and one past it, where it does not. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ProfileLimitsQuarkusTest {
  private static final int MEBIBYTE = 1 << 20;
  private static final String TOO_LARGE = "{\"code\":413,\"message\":\"Request body too large\"}";

  private TestWorkspace workspace;
  private Api api;

  @BeforeEach
  void newWorkspace() {
    workspace = TestWorkspace.create();
    api = Api.of(workspace);
  }

  @Test
  void aBodyOfKnownLength() {
    send(BodyPublishers.ofString(body(MEBIBYTE))).created();
    assertThat(send(BodyPublishers.ofString(body(MEBIBYTE + 1))).text()).isEqualTo(TOO_LARGE);
    assertThat(send(BodyPublishers.ofString(body(2 * MEBIBYTE))).text()).isEqualTo(TOO_LARGE);
  }

  @Test
  void aBodyInChunks() {
    send(chunked(body(MEBIBYTE))).created();
    assertThat(send(chunked(body(MEBIBYTE + 1))).text()).isEqualTo(TOO_LARGE);
    assertThat(send(chunked(body(2 * MEBIBYTE))).text()).isEqualTo(TOO_LARGE);
  }

  @Test
  void aLengthThatOnlyThreatensIsRefusedAtOnce() throws IOException {
    for (String length : new String[] {"1048577", "9223372036854775807"}) {
      Answer answer =
          RawConnection.exchange(
              "PUT %s HTTP/1.1\r\nHost: localhost\r\nX-API-KEY: %s\r\nContent-Length: %s\r\n\r\n"
                  .formatted(Api.INDEXING, workspace.allKey(), length));
      assertThat(answer.text()).isEqualTo(TOO_LARGE);
    }
  }

  @Test
  void nesting() {
    // The profile is the first level.
    String inside = "[".repeat(31) + "]".repeat(31);
    put("\"x\":" + inside).created();
    put("\"x\":[" + inside + "]", "/x" + "/0".repeat(31) + " too_deep");
    put("\"x\":" + "{\"a\":".repeat(31) + "1" + "}".repeat(31)).created();
    put(
        "\"x\":" + "{\"a\":".repeat(32) + "1" + "}".repeat(32),
        "/x" + "/a".repeat(31) + " too_deep");
  }

  @ParameterizedTest
  @CsvSource({"tags, {}", "experiences, {}", "unknown, 1", "unknown, []"})
  void entriesOfAList(String list, String entry) {
    put("\"" + list + "\":" + list(1000, entry)).created();
    put("\"" + list + "\":" + list(1001, entry), "/" + list + " too_many_entries");
  }

  @Test
  void entriesOfAListInside() {
    put("\"experiences\":[{\"skills\":" + list(1000, "{}") + "}]").created();
    put(
        "\"experiences\":[{\"skills\":" + list(1001, "{}") + "}]",
        "/experiences/0/skills too_many_entries");
  }

  @Test
  void anyString() {
    put("\"text\":" + text(262_144, "x")).created();
    put("\"text\":" + text(262_145, "x"), "/text too_long");
    put("\"x\":[" + text(262_144, "é") + "]").created();
    put("\"x\":[" + text(262_145, "é") + "]", "/x/0 too_long");
  }

  @Test
  void aCharacterOutsideTheBasicPlaneCountsOnce() {
    put("\"reference\":" + text(255, "🦉")).created();
    put("\"reference\":" + text(256, "🦉"), "/reference invalid_reference");
  }

  @ParameterizedTest
  @CsvSource({
    "full_name, 255",
    "first_name, 255",
    "last_name, 255",
    "phone, 64",
    "picture, 2048",
    "summary, 65536"
  })
  void stringsOfInfo(String name, int limit) {
    put("\"info\":{\"" + name + "\":" + text(limit, "é") + "}").created();
    put("\"info\":{\"" + name + "\":" + text(limit + 1, "é") + "}", "/info/" + name + " too_long");
  }

  @Test
  void anEmailAddress() {
    String host = "@example.com";
    String at254 = "a".repeat(254 - host.length()) + host;
    put("\"info\":{\"email\":\"" + at254 + "\"}").created();
    put("\"info\":{\"email\":\"a" + at254 + "\"}", "/info/email too_long");
    api.get("email", at254).found();
  }

  @Test
  void namesOfAProfile() {
    put("\"reference\":" + text(255, "é")).created();
    put("\"reference\":" + text(256, "é"), "/reference invalid_reference");
    api.put("{\"key\":" + text(128, "k") + ",\"info\":{}}").created();
    Answer answer = api.put("{\"key\":" + text(129, "k") + ",\"info\":{}}");
    assertThat(answer.failed(400, "Invalid profile fields").errors())
        .containsExactly("/key invalid_key");
  }

  @Test
  void namesOfEntriesAndMembers() {
    put("\"educations\":[{\"key\":" + text(128, "k") + "}]").created();
    put("\"educations\":[{\"key\":" + text(129, "k") + "}]", "/educations/0/key too_long");
    put("\"x\":{" + text(255, "é") + ":1}").created();
    put("\"x\":{" + text(256, "é") + ":1}", "/x too_long");
  }

  @Test
  void digitsOfANumber() {
    put("\"x\":" + "9".repeat(300)).created();
    put("\"x\":" + "9".repeat(400), "/x number_out_of_range");
    put("\"x\":0." + "1".repeat(998)).created();
    put("\"x\":0." + "1".repeat(1100), "/x number_out_of_range");
  }

  /** Puts a profile of a new key. */
  private Answer put(String members) {
    String info = members.startsWith("\"info\"") ? "" : "\"info\":{},";
    return api.put("{\"key\":\"" + TestWorkspace.hex(40) + "\"," + info + members + "}");
  }

  private void put(String members, String error) {
    assertThat(put(members).failed(400, "Invalid profile fields").errors()).containsExactly(error);
  }

  private Answer send(BodyPublisher body) {
    return api.send("PUT", Api.INDEXING, body);
  }

  private static BodyPublisher chunked(String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes));
  }

  /** A profile in exactly so many bytes. */
  private String body(int bytes) {
    String start =
        "{\"source_key\":\"%s\",\"key\":\"%s\",\"info\":{},\"x\":["
            .formatted(workspace.sourceKey(), TestWorkspace.hex(40));
    StringBuilder body = new StringBuilder(start);
    while (body.length() < bytes - 100_000) {
      body.append('"').append("x".repeat(50_000)).append("\",");
    }
    return body.append('"').append("x".repeat(bytes - body.length() - 3)).append("\"]}").toString();
  }

  private static String list(int entries, String entry) {
    return "[" + String.join(",", Collections.nCopies(entries, entry)) + "]";
  }

  private static String text(int characters, String character) {
    return '"' + character.repeat(characters) + '"';
  }
}
