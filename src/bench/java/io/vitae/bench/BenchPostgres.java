package io.vitae.bench;

import io.vitae.boot.Unprivileged;
import io.vitae.testing.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * A throw-away PostgreSQL that keeps its promises: unlike the embedded one it syncs to the disk.
 *
 * <p>Its directory is temporary and goes with it; it stops when it is closed or this JVM ends.
 */
final class BenchPostgres implements AutoCloseable {
  static final String USER = "vitae";
  static final String DATABASE = "vitae";
  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final String STARTED = "SELECT pg_postmaster_start_time()";
  private static final long STOP_TIMEOUT_SECONDS = 120;

  /**
   * Arguments: directory to make, {@code bin} of PostgreSQL, port, superuser, then the settings.
   * Standard input is a pipe: a line of it has the server restarted, and when it ends with this
   * JVM, the server is told to stop.
   */
  private static final String WATCHER =
      """
      trap '' INT QUIT TERM HUP
      umask 077
      directory=$1 bin=$2 port=$3 user=$4
      shift 4
      mkdir "$directory" && cd "$directory" || exit 1
      read -r password
      printf '%s\\n' "$password" >password
      "$bin/initdb" --pgdata=data --username="$user" --pwfile=password --auth=scram-sha-256 \
        --encoding=UTF8 --locale=C.UTF-8 --no-instructions >log 2>&1 </dev/null || exit 1
      rm password
      printf '%s\\n' "$@" >>data/postgresql.conf
      serve() {
        "$bin/postgres" -D data -p "$port" -c listen_addresses=127.0.0.1 \
          -c unix_socket_directories= -c timezone=UTC >>log 2>&1 </dev/null &
      }
      end() {
        kill -INT $!
        wait $!
      }
      serve
      while read -r again; do end; serve; done
      end
      cd / && rm -rf "$directory"
      """;

  private final Process watcher;
  private final Path directory;
  private final int port;
  private final String password = UUID.randomUUID().toString();

  private BenchPostgres(Path bin) {
    this.port = Ports.unused();
    this.directory = Path.of("/tmp", "vitae-bench-" + UUID.randomUUID());
    List<String> command = new ArrayList<>(Unprivileged.commandPrefix(bin.getParent()));
    command.addAll(List.of("sh", "-c", WATCHER, "vitae-bench", directory.toString()));
    command.addAll(List.of(bin.toString(), Integer.toString(port), USER));
    command.addAll(ServerSettings.RECOMMENDED);
    try {
      watcher =
          new ProcessBuilder(command)
              .directory(Path.of("/").toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      tell(password);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Starts a server with an empty database.
   *
   * @param bin the directory of its programs
   */
  static BenchPostgres start(Path bin) {
    BenchPostgres postgres = new BenchPostgres(bin);
    long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
    while (true) {
      try (Connection connection = postgres.connect("postgres");
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE DATABASE " + DATABASE);
        return postgres;
      } catch (SQLException e) {
        if (System.nanoTime() > deadline || !postgres.watcher.isAlive()) {
          String log = postgres.log();
          postgres.close();
          throw new BenchmarkException("PostgreSQL did not start:\n" + log);
        }
        Commands.pause(POLL);
      }
    }
  }

  int port() {
    return port;
  }

  String password() {
    return password;
  }

  /** A connection to the database, which is the caller's to close. */
  Connection connect() throws SQLException {
    return connect(DATABASE);
  }

  String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
  }

  private Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/" + database, USER, password);
  }

  /** Runs one statement. */
  void execute(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first column of the first row that a query returns. */
  String ask(String sql) {
    try {
      return tryToAsk(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private String tryToAsk(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  /** Stops it, which is a checkpoint, and starts it again. */
  void restart() {
    String before = ask(STARTED);
    try {
      tell("again");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
    while (!hasStartedSince(before)) {
      if (System.nanoTime() > deadline) {
        throw new BenchmarkException("PostgreSQL did not start again:\n" + log());
      }
      Commands.pause(POLL);
    }
  }

  private boolean hasStartedSince(String before) {
    try {
      return !tryToAsk(STARTED).equals(before);
    } catch (SQLException e) {
      return false;
    }
  }

  private void tell(String line) throws IOException {
    watcher.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    watcher.getOutputStream().flush();
  }

  /** The process whose children are all the others. */
  long postmaster() {
    try {
      List<String> lines = Files.readAllLines(directory.resolve("data/postmaster.pid"));
      return Long.parseLong(lines.get(0).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String log() {
    try {
      return Files.readString(directory.resolve("log"));
    } catch (IOException e) {
      return "(no log)";
    }
  }

  @Override
  public void close() {
    try {
      watcher.getOutputStream().close();
      if (!watcher.waitFor(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        throw new BenchmarkException("PostgreSQL does not stop");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
