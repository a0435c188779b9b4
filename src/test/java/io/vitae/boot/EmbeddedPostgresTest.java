package io.vitae.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vitae.testing.Eventually;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class EmbeddedPostgresTest {
  /** For the tests that leave it as it is. */
  private static EmbeddedPostgres postgres;

  @BeforeAll
  static void start() {
    postgres = EmbeddedPostgres.start();
  }

  @AfterAll
  static void stop() {
    postgres.close();
  }

  @Test
  void servesAnEmptyDatabaseOfVersion17() throws SQLException {
    assertThat(query(postgres, "SHOW server_version")).startsWith("17.");
    assertThat(query(postgres, "SELECT current_database()")).isEqualTo("vitae");
    assertThat(query(postgres, "SHOW server_encoding")).isEqualTo("UTF8");
    assertThat(query(postgres, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
    assertThat(query(postgres, "SELECT count(*) FROM pg_stat_user_tables")).isEqualTo("0");
    assertThat(postgres.reactiveUrl())
        .isEqualTo("postgresql://127.0.0.1:" + postgres.port() + "/vitae");
  }

  @Test
  void ordersAndFoldsTextTheSameWayOnEveryMachine() throws SQLException {
    assertThat(query(postgres, "SELECT upper('éß')")).isEqualTo("Éß");
    assertThat(
            query(
                postgres, "SELECT string_agg(c, '' ORDER BY c) FROM unnest('{b,B,a,é}'::text[]) c"))
        .isEqualTo("Babé");
  }

  @Test
  void letsNobodyInWithoutThePassword() {
    assertThatThrownBy(
            () -> DriverManager.getConnection(postgres.jdbcUrl(), postgres.username(), "guess"))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
  }

  @Test
  void closeStopsTheServerAndRemovesItsDataAndMayBeRepeated() throws Exception {
    EmbeddedPostgres server = EmbeddedPostgres.start();
    long pid = serverPid(server.directory());
    assertThat(isAlive(pid)).isTrue();

    server.close();
    server.close();

    assertThat(isAlive(pid)).isFalse();
    assertThat(isAlive(server.watcherPid())).isFalse();
    assertThat(accepts(server.port())).isFalse();
    assertThat(server.directory()).doesNotExist();
  }

  @Test
  void closeDoesNotWaitForClients() throws SQLException {
    EmbeddedPostgres server = EmbeddedPostgres.start();
    try (Connection connection = connect(server)) {
      assertThat(connection.isValid(5)).isTrue();

      server.close();

      assertThat(connection.isValid(5)).isFalse();
    }
  }

  @Test
  void twoServersAreStrangers() throws SQLException {
    try (EmbeddedPostgres one = EmbeddedPostgres.start()) {
      try (EmbeddedPostgres other = EmbeddedPostgres.start()) {
        assertThat(other.port()).isNotEqualTo(one.port());
        assertThat(other.password()).isNotEqualTo(one.password());
        execute(one, "CREATE TABLE mine ()");
        assertThat(query(other, "SELECT to_regclass('mine')")).isNull();
      }
      assertThat(query(one, "SELECT to_regclass('mine')")).isEqualTo("mine");
    }
  }

  @Test
  void unpacksTheBinariesOnce() throws IOException {
    Path server = PostgresArchive.unpacked().resolve("bin/postgres");
    FileTime unpacked = Files.getLastModifiedTime(server);

    EmbeddedPostgres.start().close();
    EmbeddedPostgres.start().close();

    assertThat(PostgresArchive.unpacked().resolve("bin/postgres")).isEqualTo(server);
    assertThat(Files.getLastModifiedTime(server)).isEqualTo(unpacked);
  }

  @Test
  void endsWithItsJvmHoweverThatEnds() throws Exception {
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                EmbeddedPostgresMain.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output = jvm.inputReader(StandardCharsets.UTF_8)) {
      int port = Integer.parseInt(output.readLine());
      long server = Long.parseLong(output.readLine());
      Path directory = Path.of(output.readLine());
      assertThat(accepts(port)).isTrue();
      assertThat(isAlive(server)).isTrue();

      jvm.destroyForcibly();

      Eventually.await("the port is closed", () -> !accepts(port));
      Eventually.await("the server is gone", () -> !isAlive(server));
      Eventually.await("the data is gone", () -> !Files.exists(directory));
    } finally {
      jvm.destroyForcibly();
    }
  }

  /** The first line of {@code postmaster.pid} is the id of the server's main process. */
  static long serverPid(Path directory) throws IOException {
    List<String> lines = Files.readAllLines(directory.resolve("data").resolve("postmaster.pid"));
    return Long.parseLong(lines.get(0).strip());
  }

  private static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
  }

  private static boolean accepts(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static Connection connect(EmbeddedPostgres postgres) throws SQLException {
    return DriverManager.getConnection(
        postgres.jdbcUrl(), postgres.username(), postgres.password());
  }

  private static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
    try (Connection connection = connect(postgres);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String query(EmbeddedPostgres postgres, String sql) throws SQLException {
    try (Connection connection = connect(postgres);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }
}
