package io.vitae.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vitae.boot.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the database itself derives from a document, and which schema the code was written for. */
class SchemaTest {
  private static EmbeddedPostgres database;
  private static Connection connection;

  @BeforeAll
  static void migrate() throws SQLException {
    database = EmbeddedPostgres.start();
    migrate(database.jdbcUrl(), "latest");
    connection =
        DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
  }

  private static void migrate(String url, String target) {
    Flyway.configure()
        .dataSource(url, database.username(), database.password())
        .target(target)
        .load()
        .migrate();
  }

  @AfterAll
  static void stop() throws SQLException {
    connection.close();
    database.close();
  }

  @Test
  void versionIsThatOfTheNewestMigration() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/db/migration"))) {
      assertThat(
              files
                  .map(file -> file.getFileName().toString())
                  .mapToInt(name -> Integer.parseInt(name.substring(1, name.indexOf("__"))))
                  .max())
          .hasValue(Integer.parseInt(Schema.VERSION));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "null",
      value = {
        "email     | {\"info\": {\"email\": \"Ada@Example.COM\"}}       | ada@example.com",
        "email     | {\"info\": {\"email\": \"K\u212A\u0130\u00C9I@X\"}}  | k\u212A\u0130\u00C9i@x",
        "email     | {\"info\": {\"email\": null}}                      | null",
        "email     | {}                                                 | null",
        "name | {\"info\": {\"full_name\": \"Ádà Løvelace\"}}           | ada lovelace",
        "name | {\"info\": null}                                        | null",
        "experiences_duration | {\"experiences_duration\": 2.5}         | 2.5",
        "educations_duration | {\"educations_duration\": null}          | null",
        "latitude  | {\"info\": {\"location\": {\"lat\": 48.8566}}}     | 48.8566",
        "latitude  | {\"info\": {\"location\": {\"lat\": \"48.8566\"}}} | 48.8566",
        "longitude | {\"info\": {\"location\": {\"lng\": -2}}}          | -2",
        "longitude | {\"info\": {\"location\": {\"lng\": \"-2.50\"}}}   | -2.5",
        "longitude | {\"info\": {\"location\": {\"lng\": null}}}        | null",
        "longitude | {\"info\": {\"location\": null}}                   | null",
        "consent   | {}                                                 | null",
        "consent   | {\"consent_algorithmic\": {}}                      | 0"
      })
  void derives(String column, String document, String expected) throws SQLException {
    assertThat(derived(column, document)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "parsing, 1",
    "revealing, 2",
    "embedding, 4",
    "searching, 8",
    "scoring, 16",
    "reasoning, 32",
    "upskilling, 0"
  })
  void consentTakesOwnerAndController(String purpose, String bit) throws SQLException {
    assertThat(derived("consent", consent(purpose, true, true))).isEqualTo(bit);
    assertThat(derived("consent", consent(purpose, true, false))).isEqualTo("0");
    assertThat(derived("consent", consent(purpose, false, true))).isEqualTo("0");
    assertThat(derived("consent", consent(purpose, false, false))).isEqualTo("0");
    assertThat(
            derived(
                "consent",
                "{\"consent_algorithmic\": {\"owner\": {\"%s\": true}}}".formatted(purpose)))
        .isEqualTo("0");
  }

  @Test
  void everyPurposeHasItsOwnBit() throws SQLException {
    String all =
        "{'parsing':true,'revealing':true,'embedding':true,'searching':true,'scoring':true,'reasoning':true}"
            .replace('\'', '"');
    assertThat(
            derived(
                "consent",
                "{\"consent_algorithmic\": {\"owner\": %s, \"controller\": %s}}"
                    .formatted(all, all)))
        .isEqualTo("63");
  }

  /** What was one column of weighted words becomes the columns that the document gives. */
  @Test
  void wordsOfOlderSchemasAreKept() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE older");
    }
    String url = database.jdbcUrl().replaceFirst("[^/]+$", "older");
    migrate(url, "6");
    try (Connection older =
            DriverManager.getConnection(url, database.username(), database.password());
        Statement statement = older.createStatement()) {
      statement.execute(
          """
          INSERT INTO profile (workspace_id, source_id, key, document, words, created_at, updated_at)
          SELECT 1, 1, 'k', document, vitae_words(document), now(), now()
            FROM (VALUES ('{"text": "Chess in the evening", "info": {"summary": "chess, go"},
                            "experiences": [{"title": "Engineer", "company": "Chess Ltd", "description": null}],
                            "educations": [{"title": "MSc", "school": "Chess school"}],
                            "skills": [{"name": "Chess"}], "labels": [{"stage": "yes"}]}'::jsonb)) AS v (document)
          """);
      migrate(url, "latest");
      try (ResultSet same =
          statement.executeQuery(
              """
              SELECT text_words = vitae_words_of_text(text), summary_words = vitae_words_of_summary(document),
                     experience_words = vitae_words_of_experiences(experiences),
                     education_words = vitae_words_of_educations(educations), names = vitae_names(document),
                     text = '"Chess in the evening"', experiences -> 0 ->> 'title' = 'Engineer',
                     educations -> 0 ->> 'school' = 'Chess school', document ->> 'text' IS NULL,
                     num_nulls(text_digest, experiences_digest, educations_digest) = 3,
                     names @@ '''skill=chess'''::tsquery AND summary_words @@ 'chess <-> go'
                FROM profile
              """)) {
        assertThat(same.next()).isTrue();
        for (int column = 1; column <= same.getMetaData().getColumnCount(); column++) {
          assertThat(same.getBoolean(column)).as("column %d", column).isTrue();
        }
      }
    }
  }

  /** What is stored was folded by the function of the schemas before. */
  @Test
  void foldsAsOlderSchemasDid() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE folded");
    }
    String url = database.jdbcUrl().replaceFirst("[^/]+$", "folded");
    migrate(url, "7");
    try (Connection folded =
            DriverManager.getConnection(url, database.username(), database.password());
        Statement statement = folded.createStatement()) {
      statement.execute(
          """
          CREATE TABLE before AS
          SELECT value, vitae_fold(value) AS byDefault, vitae_fold(value COLLATE "C") AS byBytes
            FROM (SELECT 'x' || chr(n) || 'Y' AS value FROM generate_series(1, 70000) AS n
                   WHERE n NOT BETWEEN 55296 AND 57343
                   UNION ALL VALUES (NULL), (''), ('Ádà Løvelace'), (repeat('É', 100000))) AS v
          """);
      migrate(url, "latest");
      try (ResultSet different =
          statement.executeQuery(
              """
              SELECT count(*) FROM before
               WHERE vitae_fold(value) IS DISTINCT FROM byDefault
                  OR vitae_fold(value COLLATE "C") IS DISTINCT FROM byBytes
              """)) {
        different.next();
        assertThat(different.getInt(1)).isZero();
      }
    }
  }

  /** Whatever stands where consent is stated, the new function finds in it what the old one did. */
  @Test
  void consentIsWhatItWasInOlderSchemas() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE consented");
    }
    String url = database.jdbcUrl().replaceFirst("[^/]+$", "consented");
    migrate(url, "8");
    try (Connection consented =
            DriverManager.getConnection(url, database.username(), database.password());
        Statement statement = consented.createStatement()) {
      statement.execute(
          """
          WITH flag (value) AS (VALUES ('true'::jsonb), ('false'), ('null'), ('"true"'), ('1'), ('[true]')),
               purpose (name) AS (VALUES ('parsing'), ('revealing'), ('embedding'), ('searching'), ('scoring'),
                                         ('reasoning'), ('upskilling')),
               stated (consent) AS (
                   SELECT jsonb_build_object('owner', jsonb_build_object(p.name, o.value),
                                             'controller', jsonb_build_object(p.name, c.value))
                     FROM purpose AS p, flag AS o, flag AS c
                   UNION ALL
                   VALUES ('null'::jsonb), ('{}'), ('[]'), ('"x"'), ('true'), ('{"owner":null}'), ('{"controller":{}}'),
                          ('{"owner":{"parsing":true,"scoring":true},"controller":{"parsing":true,"scoring":true}}'),
                          ('[{"owner":{"parsing":true},"controller":{"parsing":true}}]'), (NULL))
          INSERT INTO profile (workspace_id, source_id, key, document, created_at, updated_at, text_words, summary_words,
                               experience_words, education_words, names)
          SELECT 1, 1, row_number() OVER (),
                 CASE WHEN consent IS NULL THEN '{}' ELSE jsonb_build_object('consent_algorithmic', consent) END,
                 now(), now(), '', '', '', '', ''
            FROM stated;
          CREATE TABLE before AS SELECT key, consent FROM profile;
          """);
      migrate(url, "latest");
      try (ResultSet different =
          statement.executeQuery(
              """
              SELECT count(*) FILTER (WHERE p.consent IS DISTINCT FROM b.consent), count(*), count(DISTINCT b.consent)
                FROM profile AS p JOIN before AS b USING (key)
              """)) {
        different.next();
        assertThat(different.getInt(1)).isZero();
        assertThat(different.getInt(2)).isEqualTo(7 * 36 + 10);
        assertThat(different.getInt(3)).isEqualTo(8);
      }
    }
  }

  @Test
  void oneSessionAtATimeTakesWordsIntoTheIndex() throws SQLException {
    try (Connection other =
            DriverManager.getConnection(
                database.jdbcUrl(), database.username(), database.password());
        Statement elsewhere = other.createStatement();
        Statement here = connection.createStatement()) {
      here.execute(
          """
          INSERT INTO profile (workspace_id, source_id, key, document, created_at, updated_at,
                               text_words, summary_words, experience_words, education_words, names)
          VALUES (1, 1, 'pending', '{}', now(), now(), 'chess', '', '', '', '')
          """);
      other.setAutoCommit(false);
      elsewhere.execute("SELECT pg_advisory_xact_lock('profile'::regclass::oid::bigint)");

      assertThat(pagesTaken(here)).isZero();
      other.rollback();
      assertThat(pagesTaken(here)).isPositive();
      assertThat(pagesTaken(here)).isZero();
    }
  }

  private static long pagesTaken(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT vitae_index_pending_words()")) {
      row.next();
      return row.getLong(1);
    }
  }

  @Test
  void nobodyCanWriteADerivedColumn() {
    assertThatThrownBy(
            () -> {
              try (PreparedStatement update =
                  connection.prepareStatement("UPDATE profile SET consent = 63")) {
                update.execute();
              }
            })
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("generated column");
  }

  private static String consent(String purpose, boolean owner, boolean controller) {
    return "{\"consent_algorithmic\": {\"owner\": {\"%1$s\": %2$s}, \"controller\": {\"%1$s\": %3$s}}}"
        .formatted(purpose, owner, controller);
  }

  private static String derived(String column, String document) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO profile (workspace_id, source_id, key, document, created_at, updated_at,
                                 text_words, summary_words, experience_words, education_words, names)
            VALUES (1, 1, gen_random_uuid()::text, ?::jsonb, now(), now(), '', '', '', '', '')
            RETURNING %s
            """
                .formatted(column))) {
      insert.setString(1, document);
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }
}
