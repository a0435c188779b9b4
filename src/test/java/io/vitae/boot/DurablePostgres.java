package io.vitae.boot;

import io.vitae.testing.Eventually;
import io.vitae.testing.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL server whose data outlives it: to be killed, frozen, starved and started again. It
 * writes through to the disk as in production.
 *
 * <p>It ends with this JVM, however that ends: a shell waits for the end of a pipe.
 */
public final class DurablePostgres implements AutoCloseable {
  /** How to make a server stop; by increasing haste. */
  public enum Stop {
    /** Ends sessions in order: what a restart of the service manager does. */
    FAST("INT"),
    /** Ends without a checkpoint: the next start recovers from the log. */
    IMMEDIATE("QUIT"),
    /** Nobody is asked. Sessions notice that their parent is gone when they next look. */
    KILL("KILL");

    private final String signal;

    Stop(String signal) {
      this.signal = signal;
    }
  }

  private static final String USERNAME = "vitae";

  /** For making, copying or removing a data directory. */
  private static final long LIMIT_SECONDS = 120;

  /**
   * Arguments: binaries, data directory, then the server's own. A line on standard input asks for
   * nothing but the end of the watch; its end without a line means that the JVM died.
   */
  private static final String WATCHER =
      """
      trap '' INT QUIT TERM HUP
      exec 3<&0 </dev/null
      home=$1 data=$2
      shift 2
      "$home/bin/postgres" -D "$data/data" "$@" 3<&- &
      server=$!
      ( read -r _ <&3 || { : >"$data/orphan"; kill -QUIT "$server"; sleep 2; kill -KILL "$server"; } ) &
      lifeline=$!
      exec 3<&-
      wait "$server"
      kill -KILL "$lifeline"
      [ ! -e "$data/orphan" ] || rm -rf "$data" || { sleep 1; rm -rf "$data"; }
      """;

  private final Path home = PostgresArchive.unpacked();
  private final List<String> prefix;
  private final Path directory;
  private final int port = Ports.unused();
  private final String password;
  private final List<String> settings = new ArrayList<>();
  private Process watcher;

  private DurablePostgres(Path parent, List<String> settings, String password) {
    this.password = password;
    prefix = PrivilegeDrop.commandPrefix(home, parent);
    directory = parent.resolve("vitae-postgres-durable-" + UUID.randomUUID());
    this.settings.addAll(settings);
  }

  /**
   * A running server with an empty database.
   *
   * @param settings as {@code name=value}
   */
  public static DurablePostgres create(String... settings) throws InterruptedException {
    return createIn(PostgresArchive.temporaryDirectory(), settings);
  }

  /** The same with its data below a directory in which everybody may write. */
  public static DurablePostgres createIn(Path parent, String... settings)
      throws InterruptedException {
    return createIn(parent, List.of(), settings);
  }

  /**
   * The same with a few files in its data directory, which only the server may read.
   *
   * @param files that everybody may read
   */
  public static DurablePostgres createIn(Path parent, List<Path> files, String... settings)
      throws InterruptedException {
    String password = UUID.randomUUID().toString().replace("-", "");
    DurablePostgres server = new DurablePostgres(parent, List.of(settings), password);
    server.initialise();
    for (Path file : files) {
      String copy = "umask 077; cat \"$1\" >\"$2\"";
      Path place = server.directory.resolve("data").resolve(file.getFileName());
      server.run("sh", "-c", copy, "copy", file.toString(), place.toString());
    }
    server.start();
    server.sql("postgres", "CREATE DATABASE vitae");
    return server;
  }

  /**
   * A server that copies this one, and that this one waits for before it acknowledges a commit. To
   * be copied this one is stopped for a moment.
   */
  public DurablePostgres standby() throws InterruptedException {
    stop(Stop.FAST);
    DurablePostgres standby = new DurablePostgres(directory.getParent(), settings, password);
    String script =
        """
        umask 077
        mkdir "$2" && cp -r "$1/data" "$2/data" && rm -f "$2/data/postmaster.pid" || exit 1
        : >"$2/data/standby.signal"
        : >"$2/data/postgresql.auto.conf"
        printf "primary_conninfo = 'host=127.0.0.1 port=%s user=vitae password=%s'\n" "$3" "$4" \
          >>"$2/data/postgresql.auto.conf"
        """;
    run(
        "sh",
        "-c",
        script,
        "copy",
        directory.toString(),
        standby.directory.toString(),
        Integer.toString(port),
        password);
    start();
    standby.start();
    // Not before it is there: no commit would end.
    sql("ALTER SYSTEM SET synchronous_standby_names = '*'");
    sql("SELECT pg_reload_conf()");
    Eventually.await("the standby is synchronous", this::hasSynchronousStandby);
    return standby;
  }

  private boolean hasSynchronousStandby() {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery("SELECT FROM pg_stat_replication WHERE sync_state = 'sync'")) {
      return found.next();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Makes a standby the primary. */
  public void promote() {
    sql("SELECT pg_promote()");
  }

  /** Starts after a {@link #stop}, and returns once connections are accepted. */
  public void start() throws InterruptedException {
    Eventually.await("the server accepts connections", this::isUpOrLaunched);
  }

  /** Stops, and returns once all its processes have ended. */
  public void stop(Stop how) throws InterruptedException {
    List<ProcessHandle> all = processes();
    signal(how.signal, all.subList(0, 1));
    Eventually.await("the server has ended", () -> all.stream().noneMatch(ProcessHandle::isAlive));
    if (!watcher.waitFor(10, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the server's shell does not end");
    }
  }

  /** Lets no process of the server run: it keeps its connections and answers nothing. */
  public void freeze() {
    signal("STOP", processes());
  }

  /** Lets them run again. */
  public void thaw() {
    signal("CONT", processes());
  }

  public int port() {
    return port;
  }

  public String username() {
    return USERNAME;
  }

  public String password() {
    return password;
  }

  /** The directory with the server's data and log. */
  public Path directory() {
    return directory;
  }

  public String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/vitae";
  }

  /** A connection as superuser; to be closed. */
  public Connection connect() throws SQLException {
    return connect("vitae");
  }

  /** Executes a statement on the database. */
  public void sql(String sql) {
    sql("vitae", sql);
  }

  @Override
  public void close() {
    try {
      if (watcher != null && watcher.isAlive()) {
        thaw();
        stop(Stop.IMMEDIATE);
      }
      run("rm", "-rf", directory.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void initialise() {
    String script =
        """
        umask 077
        mkdir "$1" && cd "$1" && printf '%s\\n' "$3" >password || exit 1
        "$2/bin/initdb" --pgdata=data --username=vitae --pwfile=password --auth=scram-sha-256 \
          --encoding=UTF8 --locale=C --locale-provider=builtin --builtin-locale=C.UTF-8 \
          --no-sync --no-instructions >log 2>&1 || { cat log; exit 1; }
        """;
    run("sh", "-c", script, "initdb", directory.toString(), home.toString(), password);
  }

  /** A server that was killed keeps its memory until its last child has ended: try again then. */
  private boolean isUpOrLaunched() {
    try {
      if (watcher == null || !watcher.isAlive()) {
        watcher = launch();
      }
      connect("postgres").close();
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException notYet) {
      return false;
    }
  }

  private Process launch() throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(List.of("sh", "-c", WATCHER, "durable-postgres", home.toString()));
    command.add(directory.toString());
    command.addAll(List.of("-p", Integer.toString(port)));
    for (String setting :
        List.of("listen_addresses=127.0.0.1", "unix_socket_directories=", "timezone=UTC")) {
      command.addAll(List.of("-c", setting));
    }
    settings.forEach(setting -> command.addAll(List.of("-c", setting)));
    ProcessBuilder builder = new ProcessBuilder(command).directory(Path.of("/").toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(logFile()));
    return builder.start();
  }

  private java.io.File logFile() {
    return directory.resolve("log").toFile();
  }

  /** The server first, then what it has started. */
  private List<ProcessHandle> processes() {
    try (Stream<String> lines = Files.lines(directory.resolve("data").resolve("postmaster.pid"))) {
      ProcessHandle server =
          ProcessHandle.of(Long.parseLong(lines.findFirst().orElseThrow().strip())).orElseThrow();
      return Stream.concat(Stream.of(server), server.descendants()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void signal(String signal, List<ProcessHandle> processes) {
    List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
    processes.forEach(process -> command.add(Long.toString(process.pid())));
    try {
      // A session may have ended since it was listed; that is not this command's failure.
      new ProcessBuilder(command)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor(10, TimeUnit.SECONDS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(String... arguments) {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(List.of(arguments));
    try {
      Path output = Files.createTempFile("vitae-durable", ".out");
      Process process =
          new ProcessBuilder(command)
              .directory(Path.of("/").toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
      process.destroyForcibly();
      String said = Files.readString(output);
      Files.delete(output);
      if (!ended || process.exitValue() != 0) {
        String outcome = ended ? " failed: " : " does not end: ";
        throw new IllegalStateException(command.get(prefix.size()) + outcome + said);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void sql(String database, String sql) {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Connection connect(String database) throws SQLException {
    String url = "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    return DriverManager.getConnection(
        url + "?connectTimeout=5&socketTimeout=30", USERNAME, password);
  }
}
