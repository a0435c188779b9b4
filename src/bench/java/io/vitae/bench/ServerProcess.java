package io.vitae.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server under load: a process of its own, and what it costs. */
final class ServerProcess implements AutoCloseable {
  private static final int START_SECONDS = 60;
  private static final Duration POLL = Duration.ofMillis(50);
  private static final int STOP_SECONDS = 30;

  private final Process process;
  private final String address;

  private ServerProcess(Process process, String address) {
    this.process = process;
    this.address = address;
  }

  /**
   * Starts it and waits until it says that it listens.
   *
   * @param log where its output goes
   * @param listening finds its address, the first group, in the output
   */
  static ServerProcess start(
      List<String> command, Map<String, String> environment, Path log, Pattern listening) {
    try {
      Process process = launch(command, environment, log);
      for (int i = 0; i < START_SECONDS * 20 && process.isAlive(); i++) {
        Matcher matcher = listening.matcher(Files.readString(log));
        if (matcher.find()) {
          return new ServerProcess(process, matcher.group(1));
        }
        Commands.pause(POLL);
      }
      process.destroyForcibly();
      throw new BenchmarkException(command.get(0) + " does not listen:\n" + Files.readString(log));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts a program that ends with this JVM. */
  static Process launch(List<String> command, Map<String, String> environment, Path log)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    // What else is set here must not configure it.
    builder.environment().keySet().retainAll(Set.of("PATH"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return process;
  }

  /** {@code http://host:port}. */
  String address() {
    return address;
  }

  /** CPU seconds so far, those of its children included. */
  double cpuSeconds() {
    return CpuClock.ofFamily(process.pid());
  }

  /** As {@link CpuClock#megabytes}, its children included. */
  double megabytes(String name) {
    return CpuClock.megabytes(process.pid(), name)
        + process.children().mapToDouble(child -> CpuClock.megabytes(child.pid(), name)).sum();
  }

  @Override
  public void close() {
    stop(process);
  }

  /** Tells a program to stop and sees to it that it does. */
  static void stop(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
