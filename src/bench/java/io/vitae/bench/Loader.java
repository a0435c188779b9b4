package io.vitae.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitae.json.JsonDocument;
import io.vitae.profile.document.LargeSection;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.flywaydb.core.Flyway;

/**
 * Fills the database: the service's own tables as its migrations make them and its statements would
 * fill them, and the tables that the others measure on.
 */
final class Loader {
  private static final int CONNECTIONS = 2;
  private static final int CHUNK = 1_000;

  /** Only while loading; what is measured commits as the server's defaults say. */
  private static final String FAST = "SET synchronous_commit = off";

  private static final String WORKSPACE =
      """
      WITH w AS (INSERT INTO workspace (name, subdomain) VALUES ('Benchmark', 'benchmark') RETURNING id),
           k AS (INSERT INTO api_key (secret_sha256, workspace_id, permission)
                 SELECT sha256('%s'::bytea), id, 'all' FROM w)
      INSERT INTO source (workspace_id, key, name)
      SELECT id, '%s', 'Benchmark' FROM w
      """
          .formatted(Dataset.API_KEY, Dataset.SOURCE_KEY);

  private static final String INCOMING =
      """
      CREATE TEMP TABLE incoming (key text, reference text, created_at timestamptz, rest text, text text,
          experiences text, educations text)
      """;

  private static final String STORE =
      """
      INSERT INTO profile (workspace_id, source_id, key, reference, document, text, experiences, educations,
             text_digest, experiences_digest, educations_digest, created_at, updated_at,
             text_words, summary_words, experience_words, education_words, names)
      SELECT s.workspace_id, s.id, i.key, i.reference, i.rest::jsonb, i.text::jsonb, i.experiences::jsonb,
             i.educations::jsonb, vitae_digest(convert_to(i.text, 'UTF8')),
             vitae_digest(convert_to(i.experiences, 'UTF8')), vitae_digest(convert_to(i.educations, 'UTF8')),
             coalesce(i.created_at, '%1$s'), '%1$s',
             vitae_words_of_text(i.text::jsonb), vitae_words_of_summary(i.rest::jsonb),
             vitae_words_of_experiences(i.experiences::jsonb), vitae_words_of_educations(i.educations::jsonb),
             vitae_names(i.rest::jsonb)
        FROM incoming AS i, source AS s WHERE s.key = '%2$s'
      """
          .formatted(Dataset.CREATED_AT, Dataset.SOURCE_KEY);

  private static final String SIDE_TABLES =
      """
      CREATE TABLE bench_edit (n int PRIMARY KEY, key text NOT NULL, reference text NOT NULL,
          created_at timestamptz, prefix text NOT NULL, suffix text NOT NULL, text text, experiences text,
          educations text);
      CREATE TABLE bench_document (n int PRIMARY KEY, key text NOT NULL, prefix text NOT NULL, suffix text NOT NULL);
      ALTER TABLE bench_edit ALTER prefix SET STORAGE EXTERNAL, ALTER suffix SET STORAGE EXTERNAL,
          ALTER text SET STORAGE EXTERNAL, ALTER experiences SET STORAGE EXTERNAL,
          ALTER educations SET STORAGE EXTERNAL;
      ALTER TABLE bench_document ALTER prefix SET STORAGE EXTERNAL, ALTER suffix SET STORAGE EXTERNAL;
      """;

  private static final String BARE =
      """
      CREATE TABLE bare_profile (key text PRIMARY KEY, document jsonb COMPRESSION lz4);
      INSERT INTO bare_profile
      SELECT key, vitae_document_text(document, text, experiences, educations)::jsonb FROM profile;
      """;

  private final BenchPostgres postgres;
  private final int profiles;

  Loader(BenchPostgres postgres, int profiles) {
    this.postgres = postgres;
    this.profiles = profiles;
  }

  /** Makes and fills everything, and lets PostgreSQL tidy up. */
  void load() {
    Flyway.configure()
        .dataSource(postgres.jdbcUrl(), BenchPostgres.USER, postgres.password())
        .load()
        .migrate();
    postgres.execute(WORKSPACE);
    postgres.execute(SIDE_TABLES);
    // Built at the end, as after any restore: in one go, instead of row by row.
    List<String> indexes = dropIndexes();
    inParallel(this::storeProfiles);
    List<Callable<Void>> rest = new ArrayList<>();
    indexes.forEach(index -> rest.add(() -> execute(index)));
    rest.add(() -> execute(BARE));
    rest.add(this::storeEdits);
    await(rest);
    postgres.execute("VACUUM (ANALYZE, FREEZE)");
    postgres.execute("CHECKPOINT");
  }

  private List<String> dropIndexes() {
    String plain =
        """
        SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
          FROM pg_index AS i
         WHERE i.indrelid = 'profile'::regclass
           AND NOT EXISTS (SELECT FROM pg_constraint AS c WHERE c.conindid = i.indexrelid)
        """;
    List<String> definitions = new ArrayList<>();
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement();
        Statement drop = connection.createStatement();
        ResultSet indexes = statement.executeQuery(plain)) {
      while (indexes.next()) {
        drop.execute("DROP INDEX " + indexes.getString(1));
        definitions.add("SET maintenance_work_mem = '512MB'; " + indexes.getString(2));
      }
      return definitions;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private interface Part {
    void run(int part) throws SQLException;
  }

  private static void inParallel(Part work) {
    List<Callable<Void>> parts = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      int part = i;
      parts.add(
          () -> {
            work.run(part);
            return null;
          });
    }
    await(parts);
  }

  private static void await(List<Callable<Void>> tasks) {
    ExecutorService pool = Executors.newFixedThreadPool(CONNECTIONS);
    try {
      for (Future<Void> done : pool.invokeAll(tasks)) {
        done.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchmarkException("interrupted");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }

  private Void execute(String sql) {
    postgres.execute(FAST + "; " + sql);
    return null;
  }

  private void storeProfiles(int part) throws SQLException {
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(FAST);
      statement.execute(INCOMING);
      for (int chunk = part * CHUNK; chunk < profiles; chunk += CONNECTIONS * CHUNK) {
        CopyRow rows = new CopyRow();
        for (int number = chunk + 1; number <= Math.min(profiles, chunk + CHUNK); number++) {
          profile(rows, number);
        }
        rows.copyTo(connection, "incoming");
        statement.execute(STORE);
        statement.execute("TRUNCATE incoming");
      }
    }
  }

  private static void profile(CopyRow rows, int number) {
    Dataset.Stored stored = Dataset.Stored.of(Dataset.PROFILES.whole(number, 0, 0));
    rows.add(Profiles.key(number))
        .add(Profiles.reference(number))
        .add(stored.statedCreation().orElse(null))
        .add(JsonDocument.write(Dataset.Stored.rest(stored.document())));
    sections(rows, stored.document());
    rows.end();
  }

  /** The texts of the large sections; null for what the object does not have. */
  private static void sections(CopyRow rows, ObjectNode object) {
    for (LargeSection section : LargeSection.values()) {
      JsonNode value = object.get(section.member());
      rows.add(value == null ? null : JsonDocument.write(value));
    }
  }

  private Void storeEdits() throws SQLException {
    Selection edited = Selection.edited(profiles, Selection.Edit.WHOLE);
    try (Connection connection = postgres.connect()) {
      CopyRow edits = new CopyRow();
      CopyRow documents = new CopyRow();
      for (int n = 1; n <= edited.count(); n++) {
        int number = edited.number(n - 1);
        Dataset.Stored stored = Dataset.Stored.of(Dataset.PROFILES.whole(number, Spliced.PLACE, 0));
        Spliced rest = Spliced.of(Dataset.Stored.rest(stored.patch()));
        Spliced document = Spliced.of(stored.document());
        edits.add(Integer.toString(n)).add(Profiles.key(number)).add(Profiles.reference(number));
        edits.add(stored.statedCreation().orElse(null));
        // The statement closes the object.
        edits.add(rest.prefix()).add(rest.suffix().substring(0, rest.suffix().length() - 1));
        sections(edits, stored.patch());
        edits.end();
        documents.add(Integer.toString(n)).add(Profiles.key(number));
        documents.add(document.prefix()).add(document.suffix()).end();
        if (n % CHUNK == 0 || n == edited.count()) {
          edits.copyTo(connection, "bench_edit");
          documents.copyTo(connection, "bench_document");
        }
      }
      return null;
    }
  }
}
