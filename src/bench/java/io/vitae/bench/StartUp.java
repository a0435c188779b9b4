package io.vitae.bench;

import io.vitae.testing.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Measures how long it takes from the start of a process until it says that it is ready. */
final class StartUp {
  private static final int STARTS = 7;
  private static final Duration POLL = Duration.ofMillis(10);
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Servers servers;
  private final Path log;

  /**
   * @param directory for the log of the last start
   */
  StartUp(Servers servers, Path directory) {
    this.servers = servers;
    this.log = directory.resolve("start.log");
  }

  /** Starts one and the other in turn, after one start of each that has read their files. */
  Starts measure(List<String> cached, List<String> plain) {
    Jvm.verifyFastJar();
    Starts starts = new Starts(new ArrayList<>(), new ArrayList<>());
    once(cached);
    once(plain);
    for (int i = 0; i < STARTS; i++) {
      starts.cached().add(once(cached));
      starts.plain().add(once(plain));
    }
    return starts;
  }

  private double once(List<String> command) {
    int management = Ports.unused();
    try {
      long begin = System.nanoTime();
      Process process = ServerProcess.launch(command, servers.environment(management), log);
      try {
        awaitReady(process, URI.create("http://127.0.0.1:" + management + "/q/health/ready"));
        return (System.nanoTime() - begin) / 1e6;
      } finally {
        ServerProcess.stop(process);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitReady(Process process, URI readiness) throws IOException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!isReady(readiness)) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new BenchmarkException("The service is not ready:\n" + Files.readString(log));
      }
      Commands.pause(POLL);
    }
  }

  private static boolean isReady(URI readiness) {
    try {
      HttpURLConnection connection = (HttpURLConnection) readiness.toURL().openConnection();
      connection.setReadTimeout((int) LIMIT.toMillis());
      return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
    } catch (IOException e) {
      return false;
    }
  }
}
