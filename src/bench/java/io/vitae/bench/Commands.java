package io.vitae.bench;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Other programs: finding them, and running one to its end. */
final class Commands {
  private Commands() {}

  /** Where the {@code PATH} has a program. */
  static Optional<Path> find(String name) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin:/bin");
    return Arrays.stream(path.split(File.pathSeparator, -1))
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Runs a program in a directory and returns what it printed, errors included.
   *
   * @throws BenchmarkException when it fails, or takes longer than {@code limit}
   */
  static String run(
      Path directory, Duration limit, Map<String, String> environment, List<String> command) {
    try {
      Path output = Files.createTempFile("vitae-bench", ".out");
      try {
        ProcessBuilder builder =
            new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        return await(builder.start(), command.get(0), limit, output);
      } finally {
        Files.delete(output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same in the current directory, for a minute at most. */
  static String run(String... command) {
    return run(Path.of("."), Duration.ofMinutes(1), Map.of(), List.of(command));
  }

  /** Waits. */
  static void pause(Duration time) {
    try {
      TimeUnit.MILLISECONDS.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchmarkException("interrupted");
    }
  }

  private static String await(Process process, String name, Duration limit, Path output)
      throws IOException {
    try {
      if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new BenchmarkException(name + " took longer than " + limit);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new BenchmarkException("interrupted");
    }
    String printed = Files.readString(output, StandardCharsets.UTF_8);
    if (process.exitValue() != 0) {
      throw new BenchmarkException(name + " failed:\n" + printed);
    }
    return printed;
  }
}
