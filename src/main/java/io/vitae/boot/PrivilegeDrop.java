package io.vitae.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Finds a way for root to run PostgreSQL, which refuses to run as root, as somebody else.
 *
 * <p>Which of the ways exists, and which of those works, depends on the distribution and on the
 * capabilities and system calls that a container leaves to its root; so each is tried with what
 * PostgreSQL will need.
 */
final class PrivilegeDrop {

  private static final List<String> USERS = List.of("postgres", "nobody");
  private static final int COMMAND_TIMEOUT_SECONDS = 10;

  private static final String PROBE =
      """
      [ "$(id -u)" != 0 ] && [ -w "$2" ] && "$1/bin/postgres" --version
      """;

  private PrivilegeDrop() {}

  /**
   * Returns what to put before a command so that it does not run as root; nothing when this JVM is
   * not root's.
   *
   * @param home the unpacked binaries, owned by the user of this JVM, that the command must be able
   *     to run
   * @param temporary the directory in which the command must be able to write
   * @throws IllegalStateException if this JVM is root's and no way works
   */
  static List<String> commandPrefix(Path home, Path temporary) {
    if (!ownedByRoot(home)) {
      return List.of();
    }
    List<List<String>> candidates = candidates();
    for (List<String> prefix : candidates) {
      List<String> probe = new ArrayList<>(prefix);
      probe.addAll(List.of("sh", "-c", PROBE, "probe", home.toString(), temporary.toString()));
      if (output(probe).isPresent()) {
        return prefix;
      }
    }
    throw new IllegalStateException(
        "PostgreSQL does not run as root, and none of these lets another user run "
            + home
            + " and write to "
            + temporary
            + ": "
            + candidates
            + "; run as an ordinary user, or set quarkus.datasource.reactive.url to use your own");
  }

  private static List<List<String>> candidates() {
    List<List<String>> candidates = new ArrayList<>();
    for (String user : USERS) {
      Optional<String> uid = output(List.of("id", "-u", user));
      Optional<String> gid = output(List.of("id", "-g", user));
      if (uid.isPresent() && gid.isPresent()) {
        candidates.add(
            List.of("setpriv", "--reuid=" + uid.get(), "--regid=" + gid.get(), "--clear-groups"));
        candidates.add(List.of("runuser", "-u", user, "--"));
        break;
      }
    }
    candidates.add(List.of("unshare", "-U"));
    return candidates;
  }

  private static boolean ownedByRoot(Path path) {
    try {
      return Integer.valueOf(0).equals(Files.getAttribute(path, "unix:uid"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns what the command printed, or nothing if it does not exist, fails or hangs. */
  private static Optional<String> output(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(Path.of("/").toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(COMMAND_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return Optional.empty();
      }
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.exitValue() == 0 ? Optional.of(output) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
