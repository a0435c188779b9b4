package io.vitae.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vitae.boot.EmbeddedPostgres;
import io.vitae.testing.Eventually;
import io.vitae.testing.PackagedApp;
import io.vitae.testing.TestWorkspace;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The service runs as a role that does not own the tables, and row security hides them from
 * everybody else.
 */
@Timeout(180)
class RowSecurityIT {
  private static final String PASSWORD = "secret";
  private static final String KEY = "ask_" + TestWorkspace.hex(32);
  private static final String SOURCE = TestWorkspace.hex(40);

  private static EmbeddedPostgres database;

  @BeforeAll
  static void migrateAndMakeRoles() throws SQLException {
    database = EmbeddedPostgres.start();
    Flyway.configure()
        .dataSource(database.jdbcUrl(), database.username(), database.password())
        .load()
        .migrate();
    try (Connection owner = connect(database.username(), database.password());
        Statement statement = owner.createStatement()) {
      for (String role : new String[] {"service", "report", "stranger"}) {
        statement.execute("CREATE ROLE " + role + " LOGIN PASSWORD '" + PASSWORD + "'");
      }
      statement.execute("GRANT vitae_service TO service");
      statement.execute("GRANT SELECT ON profile, source, idempotency TO report");
      statement.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO stranger");
    }
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @Test
  void theServiceNeedNotOwnTheTablesAndOthersSeeOneWorkspaceOrNone() throws Exception {
    try (PackagedApp app = PackagedApp.start(environment("service")).awaitReady()) {
      String body = "{\"source_key\":\"%s\",\"key\":\"%s\",\"info\":{}}";
      assertThat(app.put(KEY, body.formatted(SOURCE, "k")).statusCode()).isEqualTo(201);
      assertThat(app.put(KEY, body.formatted(SOURCE, "k")).body()).contains("Profile edited");
      assertThat(putOnce(app, body.formatted(SOURCE, "k")).statusCode()).isEqualTo(201);
      assertThat(
              putOnce(app, body.formatted(SOURCE, "k")).headers().firstValue("Idempotent-Replayed"))
          .isPresent();
    }
    try (Connection report = connect("report", PASSWORD);
        Statement statement = report.createStatement()) {
      assertThat(count(statement, "profile")).isZero();
      assertThat(count(statement, "source")).isZero();
      assertThat(count(statement, "idempotency")).isZero();
      statement.execute("SET vitae.workspace = '1'");
      assertThat(count(statement, "profile")).isEqualTo(1);
      assertThat(count(statement, "source")).isEqualTo(1);
      assertThat(count(statement, "idempotency")).isEqualTo(1);
      statement.execute("SET vitae.workspace = '2'");
      assertThat(count(statement, "profile")).isZero();
      assertThat(count(statement, "idempotency")).isZero();
    }
    try (Connection service = connect("service", PASSWORD);
        Statement statement = service.createStatement()) {
      assertThat(statement.executeUpdate("DELETE FROM idempotency")).isEqualTo(1);
      statement.execute("SELECT vitae_index_pending_words()");
    }
  }

  private static HttpResponse<String> putOnce(PackagedApp app, String body) {
    return app.send(
        HttpRequest.newBuilder(app.api("/v1/profile/indexing"))
            .header("X-API-KEY", KEY)
            .header("Idempotency-Key", "a")
            .PUT(HttpRequest.BodyPublishers.ofString(body)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM profile",
        "TRUNCATE profile",
        "TRUNCATE idempotency",
        "ALTER TABLE profile DISABLE ROW LEVEL SECURITY",
        "DROP POLICY profile_of_workspace ON profile",
        "DELETE FROM api_key"
      })
  void theServiceMayNotDo(String sql) throws SQLException {
    try (Connection service = connect("service", PASSWORD);
        Statement statement = service.createStatement()) {
      assertThatThrownBy(() -> statement.execute(sql))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
    }
  }

  @Test
  void othersMayNotHaveWordsIndexed() throws SQLException {
    try (Connection report = connect("report", PASSWORD);
        Statement statement = report.createStatement()) {
      assertThatThrownBy(() -> statement.execute("SELECT vitae_index_pending_words()"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
    }
  }

  @Test
  void aServiceThatWouldSeeNothingSaysSoAndIsNeverStarted() throws Exception {
    try (PackagedApp app = PackagedApp.start(environment("stranger")).awaitListening()) {
      Eventually.await(
          "it says why", () -> app.output().contains("make it a member of vitae_service"));
      assertThat(app.health("started")).isEqualTo(503);
    }
  }

  private static Map<String, String> environment(String role) {
    Map<String, String> environment = PackagedApp.using(database, database.port());
    environment.put("QUARKUS_DATASOURCE_USERNAME", role);
    environment.put("QUARKUS_DATASOURCE_PASSWORD", PASSWORD);
    return PackagedApp.bootstrapping(environment, KEY, SOURCE);
  }

  private static Connection connect(String user, String password) throws SQLException {
    return DriverManager.getConnection(database.jdbcUrl(), user, password);
  }

  private static long count(Statement statement, String table) throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT count(*) FROM " + table)) {
      row.next();
      return row.getLong(1);
    }
  }
}
