package io.vitae.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Lets the benchmark run a PostgreSQL of the system in the way the embedded one is run. */
public final class Unprivileged {
  private Unprivileged() {}

  /**
   * What to put before a command so that it does not run as root; nothing when this JVM is not
   * root's.
   *
   * @param home of PostgreSQL, with {@code bin} in it
   */
  public static List<String> commandPrefix(Path home) {
    return isRoot()
        ? PrivilegeDrop.commandPrefix(home, PostgresArchive.temporaryDirectory())
        : List.of();
  }

  private static boolean isRoot() {
    try {
      return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
