package io.vitae.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitae.testing.Eventually;
import io.vitae.testing.PackagedApp;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * {@code vitae migrate}, and the service beside a schema that is not its own: one database from
 * nothing to newer than the code.
 */
@Timeout(180)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MigrationIT {
  private static EmbeddedPostgres database;

  @BeforeAll
  static void startDatabase() {
    database = EmbeddedPostgres.start();
  }

  @AfterAll
  static void stopDatabase() {
    database.close();
  }

  @Test
  @Order(1)
  void failsWhereItMayNot() throws Exception {
    Map<String, String> environment = environment();
    environment.put("QUARKUS_DATASOURCE_PASSWORD", "wrong");
    environment.put("QUARKUS_FLYWAY_CONNECT_RETRIES", "0");
    try (PackagedApp app = PackagedApp.command(environment, "migrate")) {
      assertThat(app.exitCode()).isEqualTo(1);
    }
    try (PackagedApp app = PackagedApp.command(environment(), "migrat")) {
      assertThat(app.exitCode()).isEqualTo(1);
      assertThat(app.output()).contains("or: migrate").doesNotContain("Listening");
    }
  }

  @Test
  @Order(2)
  void theServiceWaitsForItAndHasNoJdbcPool() throws Exception {
    try (PackagedApp app = PackagedApp.start(environment()).awaitListening()) {
      Eventually.await(
          "it says why",
          () -> app.output().contains("the database has no schema: run vitae migrate"));
      assertThat(app.health("ready")).isEqualTo(503);
      try (PackagedApp migration = PackagedApp.command(environment(), "migrate")) {
        assertThat(migration.exitCode()).as(migration.output()).isZero();
        assertThat(migration.output())
            .contains("The schema has version ")
            .doesNotContain("Listening on")
            .doesNotContain("Bootstrap");
      }
      app.awaitReady();
      assertThat(app.metrics()).doesNotContain("agroal_");

      // What a later version will do while this one still serves.
      execute(
          "INSERT INTO flyway_schema_history"
              + " SELECT installed_rank + 1, '1000', description, type, script, checksum,"
              + " installed_by, installed_on, execution_time, success"
              + " FROM flyway_schema_history ORDER BY installed_rank DESC LIMIT 1");
      assertThat(app.health("ready")).isEqualTo(200);
    }
  }

  @Test
  @Order(3)
  void refusesASchemaThatIsNewerThanTheCode() throws Exception {
    String line = "the database has schema 1000 and this version of Vitae needs ";
    try (PackagedApp app = PackagedApp.command(environment(), "migrate")) {
      assertThat(app.exitCode()).isEqualTo(1);
      assertThat(app.output()).contains(line);
    }
    try (PackagedApp app = PackagedApp.start(environment()).awaitListening()) {
      Eventually.await("it says why", () -> app.output().contains(line));
      assertThat(app.health("ready")).isEqualTo(503);
      assertThat(app.health("live")).isEqualTo(200);
    }
  }

  @Test
  @Order(4)
  void refusesASchemaThatIsOlderThanTheCode() throws Exception {
    execute("DELETE FROM flyway_schema_history WHERE version <> '1'");
    try (PackagedApp app = PackagedApp.start(environment()).awaitListening()) {
      Eventually.await(
          "it says why",
          () ->
              app.output().matches("(?s).*the database has schema 1 and .*: run vitae migrate.*"));
      assertThat(app.health("ready")).isEqualTo(503);
    }
  }

  private static Map<String, String> environment() {
    return PackagedApp.using(database, database.port());
  }

  private static void execute(String sql) throws SQLException {
    try (Connection owner =
            DriverManager.getConnection(
                database.jdbcUrl(), database.username(), database.password());
        Statement statement = owner.createStatement()) {
      statement.execute(sql);
    }
  }
}
