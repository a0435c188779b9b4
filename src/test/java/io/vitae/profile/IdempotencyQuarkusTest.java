package io.vitae.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vitae.testing.Answer;
import io.vitae.testing.Api;
import io.vitae.testing.Eventually;
import io.vitae.testing.PostgresResource;
import io.vitae.testing.TestWorkspace;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code Idempotency-Key} (adr/0021). */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class IdempotencyQuarkusTest {
  private static final String HEADER = "Idempotency-Key";
  private static final String REPLAYED = "Idempotent-Replayed";
  private static final String ADA = "{\"info\":{\"full_name\":\"Ada\"},\"text\":\"1\"}";
  private static final String REUSED = "Conflict: the Idempotency-Key belongs to another request";
  private static final int CROWD = 50;

  private TestWorkspace workspace;
  private Api api;

  @BeforeEach
  void newWorkspace() {
    workspace = TestWorkspace.create();
    api = Api.of(workspace);
  }

  @Test
  void aRepeatedPostMakesOneProfileAndGetsTheSameBytes() {
    Answer first = post(ADA, "a").created();
    Answer second = post(ADA, "a");

    assertThat(first.headers().firstValue(REPLAYED)).isEmpty();
    assertReplayed(first, second);
    assertThat(api.list().meta().get(3)).isEqualTo(1);
    String key = first.data().path("key").textValue();
    assertThat(api.get("key", key).found().data()).isEqualTo(first.data());
  }

  @Test
  void aRepeatedPutGetsTheSameBytesAndUndoesNothing() {
    String edit = "{\"key\":\"k\",\"text\":\"mine\"}";
    Answer made = put("{\"key\":\"k\",\"info\":{},\"x\":1.00}", "make").created();
    Answer edited = put(edit, "edit").edited();
    api.put("{\"key\":\"k\",\"text\":\"another's\"}").edited();

    assertReplayed(edited, put(edit, "edit"));
    assertReplayed(made, put("{\"key\":\"k\",\"info\":{},\"x\":1.00}", "make"));

    Answer stored = api.get("key", "k").found();
    assertThat(stored.data().path("text").textValue()).isEqualTo("another's");
    assertThat(stored.etag()).isEqualTo("\"3\"");
  }

  @Test
  void aPutThatFoundNothingToDoIsRememberedToo() {
    api.put("{\"key\":\"k\",\"info\":{},\"text\":\"a\"}").created();
    Answer first = put("{\"key\":\"k\",\"text\":\"a\"}", "a").edited();
    api.put("{\"key\":\"k\",\"text\":\"b\"}").edited();

    assertReplayed(first, put("{\"key\":\"k\",\"text\":\"a\"}", "a"));
    assertThat(api.get("key", "k").data().path("text").textValue()).isEqualTo("b");
  }

  @Test
  void aPreconditionThatHeldIsNotAskedAgain() {
    String make = "{\"key\":\"k\",\"info\":{}}";
    String edit = "{\"key\":\"k\",\"text\":\"b\"}";
    Answer made = api.putIf(make, HEADER, "make", "If-None-Match", "*").created();
    Answer edited = api.putIf(edit, HEADER, "edit", "If-Match", "\"1\"").edited();

    assertReplayed(made, api.putIf(make, HEADER, "make", "If-None-Match", "*"));
    assertReplayed(edited, api.putIf(edit, HEADER, "edit", "If-Match", "\"1\""));
  }

  @Test
  void aKeyBelongsToOneMethodAndOneBody() {
    Answer first = put("{\"reference\":\"r\",\"info\":{}}", "a").created();

    List<Answer> others =
        List.of(
            put("{\"reference\":\"r\",\"info\":{} }", "a"),
            put("{\"reference\":\"q\",\"info\":{}}", "a"),
            post("{\"reference\":\"r\",\"info\":{}}", "a"));

    for (Answer other : others) {
      assertThat(other.failed(400, REUSED).errors()).containsExactly(HEADER + " conflict");
      assertThat(other.headers().firstValue(REPLAYED)).isEmpty();
    }
    assertThat(api.list().meta().get(3)).isEqualTo(1);
    assertReplayed(first, put("{\"reference\":\"r\",\"info\":{}}", "a"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "abc             | \"abc\"",
        "\"8e03978e-40d5\" | 8e03978e-40d5",
        "a\"b            | \"a\\\"b\"",
        "a\\b            | \"a\\\\b\"",
        "~!,;=           | \"~!,;=\""
      })
  void quotesArePartOfTheHeaderAndNotOfTheKey(String one, String other) {
    assertReplayed(post(ADA, one).created(), post(ADA, other));
  }

  @Test
  void aKeyMayHave255Characters() {
    Answer longest = post(ADA, "x".repeat(255)).created();
    assertReplayed(longest, post(ADA, '"' + "x".repeat(255) + '"'));
    post(ADA, "x".repeat(254)).created();
  }

  static List<String> noKeys() {
    return List.of(
        "",
        "\"\"",
        "a b",
        "\"a b\"",
        "a\tb",
        "x".repeat(256),
        "\"abc",
        "\"",
        "\"a\"b\"",
        "\"a\\b\"",
        "\"a\";v=1");
  }

  @ParameterizedTest
  @MethodSource("noKeys")
  void whatIsNoKeyIsRefused(String text) {
    for (String method : List.of("POST", "PUT")) {
      String body = "{\"source_key\":\"%s\",\"key\":\"k\",\"info\":{}}";
      Answer answer =
          api.send(
              method,
              Api.INDEXING,
              BodyPublishers.ofString(body.formatted(workspace.sourceKey())),
              HEADER,
              text);
      assertThat(answer.failed(400, "Invalid request").errors())
          .containsExactly(HEADER + " invalid_value");
    }
    assertThat(api.list().meta().get(3)).isZero();
  }

  @Test
  void twoKeysAreNone() {
    Answer answer = api.sendAsync("POST", Api.INDEXING, ADA, HEADER, "a", HEADER, "a").join();

    assertThat(answer.failed(400, "Invalid request").errors())
        .containsExactly(HEADER + " invalid_value");
  }

  /** Whatever refused it may have been put right. */
  @Test
  void aRefusalIsNotRemembered() throws SQLException {
    post("{\"info\":{\"email\":\"x\"}}", "a").failed(400, "Invalid profile fields");
    post(ADA, "a").created();

    api.put("{\"key\":\"k\",\"reference\":\"r\",\"info\":{}}").created();
    String named = "{\"reference\":\"r\",\"info\":{}}";
    assertThat(post(named, "b").failed(400, refusal("r")).headers().firstValue(REPLAYED)).isEmpty();
    post(named, "b").failed(400, refusal("r"));
    api.put("{\"key\":\"k\",\"reference\":null}").edited();
    assertReplayed(post(named, "b").created(), post(named, "b"));

    String edit = "{\"key\":\"k\",\"text\":\"b\"}";
    api.putIf(edit, HEADER, "c", "If-Match", "\"1\"").failed(412, "Precondition failed");
    api.putIf(edit, HEADER, "c", "If-Match", "\"2\"").edited();
    put("{\"key\":\"new\"}", "d").failed(400, "Invalid profile fields");
    assertThat(remembered()).isEqualTo(3);
  }

  @Test
  void ofManyAtOnceOneIsCarriedOut() {
    List<CompletableFuture<Answer>> calls =
        IntStream.range(0, CROWD)
            .mapToObj(i -> api.sendAsync("POST", Api.INDEXING, ADA, HEADER, "crowd"))
            .toList();
    List<Answer> answers = calls.stream().map(CompletableFuture::join).toList();

    assertThat(answers).extracting(Answer::text).containsOnly(answers.get(0).created().text());
    assertThat(answers).extracting(Answer::etag).containsOnly("\"1\"");
    assertThat(answers)
        .filteredOn(answer -> answer.headers().firstValue(REPLAYED).isEmpty())
        .hasSize(1);
    assertThat(api.list().meta().get(3)).isEqualTo(1);
  }

  /** The same edit under two keys, and two edits under one, where the wait is for a profile. */
  @Test
  void keysThatMeetInOneProfileAllGoThrough() {
    api.put("{\"key\":\"k\",\"info\":{}}").created();
    List<CompletableFuture<Answer>> calls =
        IntStream.range(0, CROWD)
            .mapToObj(
                i ->
                    api.sendAsync(
                        "PUT",
                        Api.INDEXING,
                        "{\"key\":\"k\",\"n\":" + i / 2 + "}",
                        HEADER,
                        "n" + i / 2))
            .toList();
    List<Answer> answers = calls.stream().map(CompletableFuture::join).toList();

    assertThat(answers).allSatisfy(Answer::edited);
    for (int i = 0; i < CROWD; i += 2) {
      assertThat(answers.get(i + 1).text()).isEqualTo(answers.get(i).text());
    }
    assertThat(api.get("key", "k").etag()).isEqualTo("\"" + (1 + CROWD / 2) + "\"");
  }

  /** As when another instance is carrying out an attempt under the same key. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whoeverComesInTheMiddleWaitsForTheEnd(boolean committed) throws Exception {
    try (Connection other = TestWorkspace.connect();
        PreparedStatement take =
            other.prepareStatement(
                """
                INSERT INTO idempotency (workspace_id, key_sha256, request_sha256, created_at)
                VALUES (?, ?, ?, now())
                """)) {
      other.setAutoCommit(false);
      take.setLong(1, workspace.id());
      take.setBytes(2, sha256("a"));
      take.setBytes(3, sha256("another request"));
      take.executeUpdate();
      CompletableFuture<Answer> answer = api.sendAsync("POST", Api.INDEXING, ADA, HEADER, "a");
      Eventually.await("it waits", () -> TestWorkspace.isWaitedFor(other));
      assertThat(answer).isNotDone();
      if (committed) {
        other.commit();
        answer.join().failed(400, REUSED);
      } else {
        other.rollback();
        answer.join().created();
      }
    }
    assertThat(api.list().meta().get(3)).isEqualTo(committed ? 0 : 1);
  }

  @Test
  void anExpiredKeyIsNew() throws SQLException {
    Answer first = post(ADA, "a").created();
    age("24 hours - 1 minute");
    assertReplayed(first, post(ADA, "a"));
    age("1 minute");

    String other = "{\"info\":{},\"text\":\"another body\"}";
    Answer second = post(other, "a").created();

    assertThat(second.headers().firstValue(REPLAYED)).isEmpty();
    assertReplayed(second, post(other, "a"));
    assertThat(api.list().meta().get(3)).isEqualTo(2);
  }

  @Test
  void aKeyIsOfItsWorkspaceAndNotOfTheApiKey() {
    Answer first = post(ADA, "a").created();

    Api tenant = Api.of(TestWorkspace.create());
    Answer theirs = tenant.sendAsync("POST", Api.INDEXING, ADA, HEADER, "a").join().created();
    assertThat(theirs.headers().firstValue(REPLAYED)).isEmpty();
    assertThat(tenant.list().meta().get(3)).isEqualTo(1);

    Api writer = Api.with(workspace.writeKey(), workspace.sourceKey());
    assertReplayed(first, writer.sendAsync("POST", Api.INDEXING, ADA, HEADER, "a").join());
    Api reader = Api.with(workspace.readKey(), workspace.sourceKey());
    assertThat(reader.sendAsync("POST", Api.INDEXING, ADA, HEADER, "a").join().status())
        .isEqualTo(401);
  }

  @Test
  void anotherSourceIsAnotherBody() {
    post(ADA, "a").created();

    api.in(workspace.newSource())
        .sendAsync("POST", Api.INDEXING, ADA, HEADER, "a")
        .join()
        .failed(400, REUSED);
  }

  @Test
  void theAnswersGoWithTheirProfile() throws SQLException {
    post(ADA, "a").created();
    Answer kept = put("{\"key\":\"k\",\"info\":{}}", "b").created();
    try (Connection owner = TestWorkspace.connect();
        PreparedStatement delete =
            owner.prepareStatement("DELETE FROM profile WHERE workspace_id = ? AND key <> 'k'")) {
      delete.setLong(1, workspace.id());
      delete.executeUpdate();
    }

    assertThat(remembered()).isEqualTo(1);
    assertReplayed(kept, put("{\"key\":\"k\",\"info\":{}}", "b"));
    assertThat(post(ADA, "a").created().headers().firstValue(REPLAYED)).isEmpty();
  }

  @Test
  void withoutAKeyNothingIsRemembered() throws SQLException {
    api.post(ADA).created();
    api.post(ADA).created();
    api.put("{\"key\":\"k\",\"info\":{}}").created();

    assertThat(remembered()).isZero();
    assertThat(api.list().meta().get(3)).isEqualTo(3);
  }

  @Test
  void aLargeAnswerIsRememberedWhole() {
    String text = "ü".repeat(200_000);
    String body = "{\"info\":{},\"text\":\"" + text + "\",\"more\":\"" + text + "\"}";
    assertReplayed(post(body, "large").created(), post(body, "large"));
  }

  private static void assertReplayed(Answer first, Answer again) {
    assertThat(again.text()).isEqualTo(first.text());
    assertThat(again.status()).isEqualTo(first.status());
    assertThat(again.etag()).isEqualTo(first.etag()).isNotEmpty();
    assertThat(again.headers().allValues(REPLAYED)).containsExactly("true");
  }

  private static String refusal(String reference) {
    return "Cannot create profile with this reference: " + reference + ". Already used!";
  }

  private Answer post(String profile, String key) {
    return api.sendAsync("POST", Api.INDEXING, profile, HEADER, key).join();
  }

  private Answer put(String profile, String key) {
    return api.putIf(profile, HEADER, key);
  }

  private long remembered() throws SQLException {
    return count("SELECT count(*) FROM idempotency WHERE workspace_id = ?");
  }

  private void age(String by) throws SQLException {
    count(
        "WITH aged AS (UPDATE idempotency SET created_at = created_at - ("
            + "interval '"
            + by.replace(" - ", "' - interval '")
            + "') WHERE workspace_id = ? RETURNING 1) SELECT count(*) FROM aged");
  }

  private long count(String sql) throws SQLException {
    try (Connection connection = TestWorkspace.connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, workspace.id());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
