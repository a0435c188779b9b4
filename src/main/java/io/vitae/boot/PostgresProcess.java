package io.vitae.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * One PostgreSQL server together with the shell that watches over it.
 *
 * <p>The shell makes the data directory, starts the server and holds the reading end of a pipe from
 * this JVM. The pipe ends when {@link #stop()} closes it or when the JVM dies of anything; the
 * shell then stops the server, removes the directory and ends too, printing the tail of the
 * server's log. No moment exists in which the server runs unwatched.
 */
final class PostgresProcess {

  /**
   * Arguments: directory to make, unpacked binaries, port, superuser; the password is in the
   * environment, where other users cannot see it.
   *
   * <ul>
   *   <li>Signals meant for the JVM's process group (Ctrl-C) must not end the watcher before it has
   *       cleaned up.
   *   <li>initdb: PostgreSQL's own C.UTF-8 orders text alike on every platform, whatever the
   *       machine's locales.
   *   <li>fsync and full_page_writes are off because the data never outlives the server, so there
   *       is no crash of the machine to survive. synchronous_commit stays on: it decides when a
   *       commit is answered and what other sessions see by then, and tests must meet the same
   *       behaviour as in production.
   *   <li>SIGQUIT is PostgreSQL's immediate shutdown: nothing has to be saved.
   * </ul>
   */
  private static final String WATCHER =
      """
      trap '' INT QUIT TERM HUP
      exec 3<&0 </dev/null
      umask 077
      mkdir "$1" && cd "$1" || exit 1
      finish() {
        tail -c 4000 log
        cd /
        rm -rf "$1" || { sleep 1; rm -rf "$1"; }
        exit
      }
      printf '%s\\n' "$VITAE_POSTGRES_PASSWORD" >password
      unset VITAE_POSTGRES_PASSWORD
      "$2/bin/initdb" --pgdata=data --username="$4" --pwfile=password --auth=scram-sha-256 \
        --encoding=UTF8 --locale=C --locale-provider=builtin --builtin-locale=C.UTF-8 \
        --no-sync --no-instructions >log 2>&1 3<&- || finish "$1"
      rm password
      "$2/bin/postgres" -D data -p "$3" -c listen_addresses=127.0.0.1 -c unix_socket_directories= \
        -c fsync=off -c full_page_writes=off -c timezone=UTC -c log_timezone=UTC >>log 2>&1 3<&- &
      server=$!
      (
        read -r _ <&3
        kill -QUIT "$server"
        for second in 1 2 3 4 5 6 7 8 9 10; do
          sleep 1
          kill -0 "$server" || exit 0
        done
        kill -KILL "$server"
      ) >/dev/null 2>&1 &
      lifeline=$!
      exec 3<&-
      wait "$server"
      kill -KILL "$lifeline" 2>/dev/null
      finish "$1"
      """;

  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

  private final Process watcher;
  private final Path directory;

  private PostgresProcess(Process watcher, Path directory) {
    this.watcher = watcher;
    this.directory = directory;
  }

  /**
   * Starts a server that will listen on 127.0.0.1 in a moment, or end and leave the reason to
   * {@link #stop()}.
   */
  static PostgresProcess launch(Path home, int port, String username, String password) {
    Path temporary = PostgresArchive.temporaryDirectory();
    Path directory = temporary.resolve("vitae-postgres-data-" + UUID.randomUUID());
    List<String> command = new ArrayList<>(ownSession());
    command.addAll(PrivilegeDrop.commandPrefix(home, temporary));
    command.addAll(List.of("sh", "-c", WATCHER, "vitae-postgres", directory.toString()));
    command.addAll(List.of(home.toString(), Integer.toString(port), username));
    // Not the current directory: the user that PostgreSQL runs as may be unable to enter it.
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(Path.of("/").toFile()).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("PG"));
    environment.put("LC_ALL", "C");
    environment.put("VITAE_POSTGRES_PASSWORD", password);
    try {
      return new PostgresProcess(builder.start(), directory);
    } catch (IOException e) {
      throw new UncheckedIOException("the embedded PostgreSQL could not be launched", e);
    }
  }

  Path directory() {
    return directory;
  }

  long pid() {
    return watcher.pid();
  }

  boolean alive() {
    return watcher.isAlive();
  }

  /**
   * Stops the server, removes its directory and returns the tail of its log, which is empty the
   * second time.
   *
   * @throws IllegalStateException if that takes more than 30 seconds
   */
  String stop() {
    try {
      watcher.getOutputStream().close();
      if (!watcher.waitFor(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
        watcher.descendants().forEach(ProcessHandle::destroyForcibly);
        watcher.destroyForcibly();
        throw new IllegalStateException(
            "the embedded PostgreSQL did not stop within " + STOP_TIMEOUT);
      }
      return new String(watcher.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      // The pipe is closed, so the watcher finishes its work with or without our waiting for it.
      Thread.currentThread().interrupt();
      return "(interrupted while stopping)";
    }
  }

  /**
   * A session of its own where the platform has {@code setsid}; elsewhere the watcher's trap has to
   * do.
   */
  private static List<String> ownSession() {
    for (String directory : List.of("/usr/bin", "/bin")) {
      Path setsid = Path.of(directory, "setsid");
      if (Files.isExecutable(setsid)) {
        return List.of(setsid.toString());
      }
    }
    return List.of();
  }
}
