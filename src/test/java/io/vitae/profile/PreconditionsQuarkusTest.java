package io.vitae.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vitae.testing.Answer;
import io.vitae.testing.Api;
import io.vitae.testing.PostgresResource;
import io.vitae.testing.TestWorkspace;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ETag}, {@code If-Match} and {@code If-None-Match} (RFC 9110, section 13). */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class PreconditionsQuarkusTest {
  private static final String FAILED = "Precondition failed";
  private static final int WRITERS = 32;

  private TestWorkspace workspace;
  private Api api;

  /** The profile's version is 2. */
  @BeforeEach
  void storeAProfile() {
    workspace = TestWorkspace.create();
    api = Api.of(workspace);
    api.put("{\"key\":\"k\",\"reference\":\"r\",\"info\":{},\"text\":\"a\"}").created();
    assertThat(api.put("{\"key\":\"k\",\"text\":\"b\"}").edited().etag()).isEqualTo("\"2\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"2\"",
        "*",
        "\"1\", \"2\"",
        "\"x\",W/\"9\",\"2\"",
        " \"2\" ",
        ",, \"1,\" ,\"2\","
      })
  void aWriteGoesAheadWhenTheVersionIsTheOneWanted(String tag) {
    assertThat(put("c", "If-Match", tag).edited().etag()).isEqualTo("\"3\"");
    String archived = "{\"reference\":\"r\"}";
    String now = tag.replace("\"2\"", "\"3\"");
    Answer answer = api.archive(archived, "If-Match", now);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.etag()).isEqualTo("\"4\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"1\"",
        "\"3\"",
        "W/\"2\"",
        "2",
        "\"\"",
        "garbage",
        "\"1\",\"3\"",
        "\"02\"",
        "\"+2\"",
        "\"2 \"",
        "'2'",
        "\"99999999999999999999\"",
        "**",
        "w/\"2\"",
        "W/ \"2\"",
        "x\"2\"",
        "\"2\"x",
        "\"2\" \"2\"",
        "\"1,\"2\"",
        "\"2"
      })
  void aWriteIsRefusedWhenItIsNot(String tag) {
    put("c", "If-Match", tag).failed(412, FAILED);
    put("b", "If-Match", tag).failed(412, FAILED);
    api.putIf("{\"reference\":\"r\",\"text\":\"c\"}", "If-Match", tag).failed(412, FAILED);
    api.archive("{\"key\":\"k\"}", "If-Match", tag).failed(412, FAILED);
    api.archive("{\"key\":\"k\",\"is_archive\":0}", "If-Match", tag).failed(412, FAILED);
    get("If-Match", tag).failed(412, FAILED);

    Answer stored = api.get("key", "k").found();
    assertThat(stored.etag()).isEqualTo("\"2\"");
    assertThat(stored.data().path("text").textValue()).isEqualTo("b");
    assertThat(stored.data().path("archive").isNull()).isTrue();
  }

  @Test
  void aWriteThatChangesNothingKeepsItsVersionButNotItsStaleness() {
    assertThat(put("b", "If-Match", "\"2\"").edited().etag()).isEqualTo("\"2\"");
    put("b", "If-Match", "\"1\"").failed(412, FAILED);
    Answer unarchived = api.archive("{\"key\":\"k\",\"is_archive\":0}", "If-Match", "\"2\"");
    assertThat(unarchived.message()).isEqualTo("Profile unarchived");
    assertThat(unarchived.etag()).isEqualTo("\"2\"");
  }

  @Test
  void whatDoesNotExistHasNoVersion() {
    String unknown = "{\"key\":\"new\",\"info\":{}}";

    api.putIf(unknown, "If-Match", "*").failed(412, FAILED);
    api.putIf(unknown, "If-Match", "\"1\"").failed(412, FAILED);
    api.archive("{\"key\":\"new\"}", "If-Match", "*").failed(412, FAILED);
    api.putIf(unknown, "If-Match", "\"1\"", "If-None-Match", "*").failed(412, FAILED);
    api.get("key", "new").failed(400, "Invalid parameters. Unable to find object: profile");
  }

  @Test
  void aWriteCanInsistOnCreating() {
    put("c", "If-None-Match", "*").failed(412, FAILED);
    api.putIf("{\"key\":\"other\",\"reference\":\"r\",\"info\":{}}", "If-None-Match", "*")
        .failed(412, FAILED);
    api.putIf("{\"reference\":\"r\",\"info\":{}}", "If-None-Match", "*").failed(412, FAILED);
    put("c", "If-Match", "\"2\"", "If-None-Match", "*").failed(412, FAILED);
    assertThat(api.get("key", "k").etag()).isEqualTo("\"2\"");

    Answer made = api.putIf("{\"key\":\"new\",\"info\":{}}", "If-None-Match", "*").created();
    assertThat(made.etag()).isEqualTo("\"1\"");
    assertThat(
            api.putIf("{\"key\":\"new2\"}", "If-None-Match", "*")
                .failed(400, "Invalid profile fields")
                .errors())
        .containsExactly("/info required");
  }

  @Test
  void aWriteKnowsNoVersionsThatItDoesNotWant() {
    assertThat(put("c", "If-None-Match", "\"2\"").failed(400, "Invalid request").errors())
        .containsExactly("If-None-Match invalid_value");
    api.archive("{\"key\":\"k\"}", "If-None-Match", "\"1\"").failed(400, "Invalid request");
    assertThat(api.get("key", "k").etag()).isEqualTo("\"2\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"2\"", "W/\"2\"", "*", "\"1\", \"2\"", "\"x\",W/\"2\""})
  void aReaderWhoHasItAlreadyIsToldSo(String tag) {
    Answer answer = get("If-None-Match", tag);

    assertThat(answer.status()).isEqualTo(304);
    assertThat(answer.etag()).isEqualTo("\"2\"");
    assertThat(answer.text()).isEmpty();
  }

  /**
   * The version counts changes of the profile, but a profile without a consent shows its source's.
   */
  @Test
  void aReaderHearsOfADefaultConsentThatIsNewer() {
    String source =
        "{\"key\":\"%s\",\"default_consent\":{\"scoring\":true}}".formatted(workspace.sourceKey());
    api.send("PATCH", "/v1/source", BodyPublishers.ofString(source));

    Answer answer = get("If-None-Match", "\"2\"").found();

    assertThat(answer.data().at("/consent_algorithmic/owner/scoring").booleanValue()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"1\"", "\"3\"", "W/\"1\"", "2", "garbage", "\"02\"", "", "\"2"})
  void aReaderWhoHasAnotherGetsIt(String tag) {
    Answer answer = get("If-None-Match", tag).found();

    assertThat(answer.etag()).isEqualTo("\"2\"");
    assertThat(answer.data()).isEqualTo(api.get("key", "k").data());
  }

  @ParameterizedTest
  @CsvSource({"'\"2\"', 200", "'\"1\"', 412", "*, 200", "'W/\"2\"', 412"})
  void aReaderMayWantOneVersion(String tag, int status) {
    assertThat(get("If-Match", tag).status()).isEqualTo(status);
  }

  @Test
  void everySingleProfileHasItsTag() {
    assertThat(api.get("key", "k").etag()).isEqualTo("\"2\"");
    assertThat(api.post("{\"info\":{}}").created().etag()).isEqualTo("\"1\"");
    assertThat(api.archive("{\"key\":\"k\"}").etag()).isEqualTo("\"3\"");
    assertThat(api.archive("{\"key\":\"k\"}").etag()).isEqualTo("\"3\"");
    assertThat(api.archive("{\"key\":\"k\",\"is_archive\":0}").etag()).isEqualTo("\"4\"");
    assertThat(api.get("key", "missing").etag()).isEmpty();
    assertThat(api.list().etag()).isEmpty();
  }

  @RepeatedTest(5)
  void ofWritersWithOneVersionExactlyOneWins() {
    List<Answer> answers =
        atOnce(
            i ->
                api.sendAsync(
                    "PUT",
                    Api.INDEXING,
                    "{\"key\":\"k\",\"text\":\"writer " + i + "\"}",
                    "If-Match",
                    "\"2\""));

    List<Answer> winners = answers.stream().filter(answer -> answer.status() == 201).toList();
    assertThat(winners).hasSize(1);
    assertThat(answers.stream().filter(answer -> answer.status() == 412)).hasSize(WRITERS - 1);
    assertThat(winners.get(0).etag()).isEqualTo("\"3\"");
    assertThat(api.get("key", "k").found().data()).isEqualTo(winners.get(0).data());
  }

  @RepeatedTest(5)
  void ofArchiversWithOneVersionExactlyOneWins() {
    List<Answer> answers =
        atOnce(
            i -> api.sendAsync("PATCH", Api.ARCHIVE, "{\"reference\":\"r\"}", "If-Match", "\"2\""));

    assertThat(answers.stream().filter(answer -> answer.status() == 200)).hasSize(1);
    assertThat(answers.stream().filter(answer -> answer.status() == 412)).hasSize(WRITERS - 1);
    assertThat(api.get("key", "k").etag()).isEqualTo("\"3\"");
  }

  @RepeatedTest(5)
  void ofCreatorsExactlyOneCreates() {
    List<Answer> answers =
        atOnce(
            i ->
                api.sendAsync(
                    "PUT",
                    Api.INDEXING,
                    "{\"reference\":\"new\",\"info\":{},\"text\":\"" + i + "\"}",
                    "If-None-Match",
                    "*"));

    assertThat(answers.stream().filter(answer -> answer.status() == 201)).hasSize(1);
    assertThat(answers.stream().filter(answer -> answer.status() == 412)).hasSize(WRITERS - 1);
  }

  private static List<Answer> atOnce(IntFunction<CompletableFuture<Answer>> call) {
    List<CompletableFuture<Answer>> calls = IntStream.range(0, WRITERS).mapToObj(call).toList();
    return calls.stream().map(CompletableFuture::join).toList();
  }

  private Answer put(String text, String... headers) {
    return api.putIf("{\"key\":\"k\",\"info\":{},\"text\":\"" + text + "\"}", headers);
  }

  private Answer get(String... headers) {
    String path = Api.INDEXING + "?source_key=" + workspace.sourceKey() + "&key=k";
    return api.send("GET", path, BodyPublishers.noBody(), headers);
  }
}
