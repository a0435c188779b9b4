package io.vitae.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vitae.testing.Answer;
import io.vitae.testing.Api;
import io.vitae.testing.Eventually;
import io.vitae.testing.PostgresResource;
import io.vitae.testing.TestWorkspace;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Large sections lie apart and are written only when they change, which no client can tell. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class LargeSectionsQuarkusTest {
  private static final String TEXT = "\"text\":\"five years of chess\"";
  private static final String EXPERIENCES =
      "\"experiences\":[{\"key\":\"e\",\"title\":\"Engineer\",\"hours\":1,\"b\":2}]";
  private static final String EDUCATIONS =
      "\"educations\":[{\"key\":\"d\",\"title\":\"MSc\",\"school\":\"Delft\"}]";

  private TestWorkspace workspace;
  private Api api;

  @BeforeEach
  void store() {
    workspace = TestWorkspace.create();
    api = Api.of(workspace);
    api.put(profile(TEXT, EXPERIENCES, EDUCATIONS, "\"tags\":[]")).created();
  }

  private static String profile(String... members) {
    return "{\"key\":\"k\",\"info\":{}," + String.join(",", members) + "}";
  }

  @Test
  void whatComesAsItIsStoredIsNotLookedAt() throws SQLException {
    // Seen by something that the service does not do: changing a section behind the digest's back.
    change("text = '\"other\"', experiences = '[]', educations = '[]'");

    Answer answer = api.put(profile(TEXT, EXPERIENCES, EDUCATIONS, "\"tags\":[{\"name\":\"a\"}]"));

    assertThat(answer.edited().data().path("text").textValue()).isEqualTo("five years of chess");
    assertThat(stored("concat(text, experiences, educations)")).isEqualTo("\"other\"[][]");
  }

  @Test
  void aSectionWithoutADigestIsComparedAndWritten() throws SQLException {
    change(
        "text = '\"other\"', experiences = '[]', educations = '[]', text_digest = NULL,"
            + " experiences_digest = NULL, educations_digest = NULL");

    Answer answer = api.put(profile(TEXT, EXPERIENCES, EDUCATIONS)).edited();

    assertThat(answer.etag()).isEqualTo("\"2\"");
    assertThat(api.get("key", "k").found().data()).isEqualTo(answer.data());
    assertThat(answer.data().at("/experiences/0/title").textValue()).isEqualTo("Engineer");
    assertThat(stored("num_nonnulls(text_digest, experiences_digest, educations_digest)"))
        .isEqualTo("3");
  }

  /** What is sent is what was stored when the write began, and not when its turn came. */
  @Test
  void aChangeThatAWriteWaitedForIsWrittenOver() throws Exception {
    CompletableFuture<Answer> waiting;
    try (Connection other = TestWorkspace.connect()) {
      other.setAutoCommit(false);
      change(
          other,
          "text = '\"other\"', text_digest = vitae_digest('\"other\"'), version = version + 1");
      waiting = api.putAsync(profile(TEXT, EXPERIENCES, EDUCATIONS));
      Eventually.await("it waits", () -> TestWorkspace.isWaitedFor(other));
      other.commit();
    }

    Answer answer = waiting.join().edited();

    assertThat(answer.etag()).isEqualTo("\"3\"");
    assertThat(answer.data().path("text").textValue()).isEqualTo("five years of chess");
    assertThat(api.get("key", "k").found().data()).isEqualTo(answer.data());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text        | \"five years of go\"",
        "text        | null",
        "experiences | [{\"key\":\"e\",\"title\":\"Architect\",\"hours\":1,\"b\":2}]",
        "experiences | []",
        "experiences | null",
        "educations  | [{\"key\":\"d\",\"title\":\"MSc\",\"school\":\"Leiden\"}]",
        "educations  | []"
      })
  void oneThatChangesIsStored(String section, String value) {
    Answer answer = api.put(profile("\"%s\":%s".formatted(section, value))).edited();

    assertThat(answer.etag()).isEqualTo("\"2\"");
    assertThat(api.get("key", "k").found().data()).isEqualTo(answer.data());
    assertThat(api.put(profile("\"%s\":%s".formatted(section, value))).edited().etag())
        .isEqualTo("\"2\"");
  }

  @Test
  void digitsAreAChange() {
    Answer answer = api.put(profile(EXPERIENCES.replace("\"hours\":1", "\"hours\":1.00"))).edited();

    assertThat(answer.etag()).isEqualTo("\"2\"");
    assertThat(api.get("key", "k").found().text()).contains("1.00");
  }

  @Test
  void theSameSpeltInAnotherWayIsNoChange() throws SQLException {
    String before = stored("text_digest, experiences_digest");

    Answer answer =
        api.put(
            profile(
                "\"text\":\"five years of ch\\u0065ss\"",
                "\"experiences\":[{\"b\":2,\"hours\":1,\"title\":\"Engineer\",\"key\":\"e\"}]",
                EDUCATIONS));

    assertThat(answer.edited().etag()).isEqualTo("\"1\"");
    assertThat(stored("text_digest, experiences_digest")).isEqualTo(before);
  }

  @Test
  void theSameSpeltInAnotherWayIsKnownTheNextTime() throws SQLException {
    String spelt = "\"experiences\":[{\"b\":2,\"hours\":1,\"title\":\"Engineer\",\"key\":\"e\"}]";
    String before = stored("experiences_digest");
    String value = stored("experiences");

    api.put(profile(spelt, "\"tags\":[{\"name\":\"a\"}]")).edited();

    assertThat(stored("experiences")).isEqualTo(value);
    assertThat(stored("experiences_digest")).isNotEqualTo(before);
  }

  @Test
  void aPatchOfOneSectionKeepsAllElse() {
    Answer answer = api.put("{\"key\":\"k\",\"text\":\"go\"}").edited();

    assertThat(answer.data().path("text").textValue()).isEqualTo("go");
    assertThat(answer.data().at("/experiences/0/key").textValue()).isEqualTo("e");
    assertThat(answer.data().at("/educations/0/key").textValue()).isEqualTo("d");
    assertThat(answer.data().has("info")).isTrue();
    assertThat(api.get("key", "k").found().data()).isEqualTo(answer.data());
  }

  @Test
  void aPatchOfNothingAnswersAll() {
    Answer answer = api.put("{\"key\":\"k\"}").edited();

    assertThat(answer.etag()).isEqualTo("\"1\"");
    assertThat(answer.data()).isEqualTo(api.get("key", "k").found().data());
  }

  @Test
  void aSectionThatIsNotThereFromTheStartIsEmpty() {
    Answer answer = api.put("{\"key\":\"bare\",\"info\":{}}").created();

    assertThat(answer.data().path("text").isNull()).isTrue();
    assertThat(answer.data().path("experiences")).isEmpty();
    assertThat(answer.data().path("educations").isArray()).isTrue();
    assertThat(api.get("key", "bare").found().data()).isEqualTo(answer.data());
  }

  @Test
  void wordsFollowTheirSection() {
    api.put(profile("\"experiences\":[{\"key\":\"e\",\"title\":\"Sculptor\"}]")).edited();
    api.put(profile("\"text\":\"marble\"", "\"educations\":[{\"title\":\"Fine arts\"}]")).edited();
    api.put(
            profile(
                "\"consent_algorithmic\":{\"owner\":{\"searching\":true},\"controller\":{\"searching\":true}}"))
        .edited();

    assertThat(found("experience_keywords", "sculptor")).isTrue();
    assertThat(found("experience_keywords", "engineer")).isFalse();
    assertThat(found("text_keywords", "marble")).isTrue();
    assertThat(found("text_keywords", "chess")).isFalse();
    assertThat(found("education_keywords", "arts")).isTrue();
    assertThat(found("education_keywords", "msc")).isFalse();
  }

  private boolean found(String parameter, String word) {
    return api.search(parameter, "[\"" + word + "\"]").rows().size() == 1;
  }

  private void change(String columns) throws SQLException {
    try (Connection connection = TestWorkspace.connect()) {
      change(connection, columns);
    }
  }

  private void change(Connection connection, String columns) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE profile SET " + columns + " WHERE workspace_id = ?")) {
      update.setLong(1, workspace.id());
      assertThat(update.executeUpdate()).isEqualTo(1);
    }
  }

  private String stored(String columns) throws SQLException {
    try (Connection connection = TestWorkspace.connect();
        PreparedStatement select =
            connection.prepareStatement(
                "SELECT concat_ws(' ', " + columns + ") FROM profile WHERE workspace_id = ?")) {
      select.setLong(1, workspace.id());
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }
}
