package io.vitae.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The programs that the benchmark needs beside a JDK.
 *
 * @param postgres the directory of PostgreSQL's own, pgbench among them
 */
record Tools(Path wrk, Path postgres, Path node, Path npm) {
  private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

  /**
   * Finds them.
   *
   * @throws BenchmarkException that says in one line all that is missing and how Debian calls it
   */
  static Tools find(Settings settings) {
    Optional<Path> wrk = Commands.find("wrk");
    Optional<Path> postgres = settings.postgres().map(Path::of).or(Tools::newest);
    Optional<Path> node = settings.peer() ? Commands.find("node") : Optional.of(Path.of(""));
    Optional<Path> npm = settings.peer() ? Commands.find("npm") : Optional.of(Path.of(""));
    List<String> missing = new ArrayList<>();
    if (!Files.isDirectory(Path.of("/proc/self"))) {
      throw new BenchmarkException("The benchmark reads CPU times in /proc: it needs Linux");
    }
    if (wrk.isEmpty()) {
      missing.add("wrk");
    }
    if (postgres.filter(Tools::isComplete).isEmpty()) {
      missing.add("postgresql (with pgbench; or say -Dbench.postgres=<its bin directory>)");
    }
    if (node.isEmpty()) {
      missing.add("nodejs");
    }
    if (npm.isEmpty()) {
      missing.add("npm (or leave out the peer: -Dbench.peer=false)");
    }
    if (!missing.isEmpty()) {
      throw new BenchmarkException(
          "The benchmark needs these Debian packages: " + String.join(", ", missing));
    }
    return new Tools(wrk.get(), postgres.get(), node.get(), npm.get());
  }

  Path pgbench() {
    return postgres.resolve("pgbench");
  }

  private static boolean isComplete(Path bin) {
    return Stream.of("initdb", "postgres", "pgbench")
        .map(bin::resolve)
        .allMatch(Files::isExecutable);
  }

  private static Optional<Path> newest() {
    if (!Files.isDirectory(DEBIAN)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(DEBIAN)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(Tools::isComplete)
          .max(Comparator.comparingInt(Tools::major));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int major(Path bin) {
    String name = bin.getParent().getFileName().toString();
    return name.matches("\\d+") ? Integer.parseInt(name) : 0;
  }
}
