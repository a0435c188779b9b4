package io.vitae.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Properties;

/**
 * A throw-away PostgreSQL server of this JVM, for development and tests.
 *
 * <p>It listens on a free port of 127.0.0.1 only, has one empty database named {@code vitae}
 * (UTF-8, the same ordering on every machine), and one superuser with a random password. Its data
 * directory is temporary: {@link #close()} stops the server and removes the directory, and so does
 * the end of the JVM, however it ends, {@code kill -9} included.
 *
 * <p>Linux and macOS only. The binaries come from an optional dependency that the packaged
 * application does not carry.
 */
public final class EmbeddedPostgres implements AutoCloseable {

  private static final String DATABASE = "vitae";
  private static final String USERNAME = "vitae";
  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(50);
  private static final int START_ATTEMPTS = 5;
  private static final int PASSWORD_BYTES = 24;
  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  private final PostgresProcess process;
  private final int port;
  private final String password;

  private EmbeddedPostgres(PostgresProcess process, int port, String password) {
    this.process = process;
    this.port = port;
    this.password = password;
  }

  /**
   * Starts a server and returns once it accepts connections: about two seconds, a few more the
   * first time, when the binaries are unpacked.
   *
   * @throws IllegalStateException if there are no binaries for this platform, if root's privileges
   *     cannot be given up (PostgreSQL refuses to run as root), or if the server is not ready
   *     within 60 seconds; the message then ends with the tail of the server's log
   */
  public static EmbeddedPostgres start() {
    Path home = PostgresArchive.unpacked();
    for (int attempt = 1; ; attempt++) {
      EmbeddedPostgres candidate = launch(home);
      try {
        candidate.createDatabase();
        return candidate;
      } catch (SQLException | RuntimeException failure) {
        String log = candidate.process.stop();
        // Between our looking for a free port and the server's binding it, anyone may have taken
        // it.
        if (!log.contains("could not bind") || attempt == START_ATTEMPTS) {
          throw new IllegalStateException(
              "the embedded PostgreSQL did not start; the end of its log:\n" + log, failure);
        }
      }
    }
  }

  /** Returns the TCP port on 127.0.0.1. */
  public int port() {
    return port;
  }

  /** Returns the JDBC URL of the database, without credentials. */
  public String jdbcUrl() {
    return jdbcUrl(DATABASE);
  }

  /**
   * Returns the URL of the database as the Vert.x reactive client takes it, without credentials.
   */
  public String reactiveUrl() {
    return "postgresql://127.0.0.1:" + port + "/" + DATABASE;
  }

  /** Returns the name of the superuser. */
  public String username() {
    return USERNAME;
  }

  /** Returns the superuser's password, new for every server: any local user can reach the port. */
  public String password() {
    return password;
  }

  /**
   * Stops the server without waiting for its clients, and removes its data. Does nothing when
   * called again.
   *
   * @throws IllegalStateException if the server could not be stopped within 30 seconds
   */
  @Override
  public void close() {
    process.stop();
  }

  /**
   * Returns the private directory of this server: {@code data}, and the log of the server in {@code
   * log}.
   */
  Path directory() {
    return process.directory();
  }

  /** Returns the id of the process that ends when the server has ended and its data is removed. */
  long watcherPid() {
    return process.pid();
  }

  private static EmbeddedPostgres launch(Path home) {
    byte[] secret = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(secret);
    String password = HexFormat.of().formatHex(secret);
    int port = freePort();
    return new EmbeddedPostgres(
        PostgresProcess.launch(home, port, USERNAME, password), port, password);
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByAddress(LOOPBACK))) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("no free port on 127.0.0.1", e);
    }
  }

  private void createDatabase() throws SQLException {
    try (Connection connection = firstConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + DATABASE);
    }
  }

  private Connection firstConnection() throws SQLException {
    long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
    while (true) {
      try {
        return connect("postgres");
      } catch (SQLException notYet) {
        if (!process.alive() || System.nanoTime() - deadline > 0) {
          throw notYet;
        }
      }
      pause();
    }
  }

  private Connection connect(String database) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", USERNAME);
    properties.setProperty("password", password);
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("socketTimeout", "30");
    return driver().connect(jdbcUrl(database), properties);
  }

  /**
   * Not through DriverManager, which looks for drivers in the class loader of its own choice; by
   * name, because the class itself bears annotations that are not on the class path, which the
   * compiler warns of.
   */
  private static Driver driver() throws SQLException {
    try {
      return Class.forName("org.postgresql.Driver")
          .asSubclass(Driver.class)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new SQLException("no PostgreSQL driver on the class path", e);
    }
  }

  private String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  private static void pause() {
    try {
      Thread.sleep(POLL_INTERVAL.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the embedded PostgreSQL was starting", e);
    }
  }
}
