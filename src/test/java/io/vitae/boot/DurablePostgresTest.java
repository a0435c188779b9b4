package io.vitae.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitae.testing.Eventually;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The server that the faults are tried on leaves nothing behind, either. */
class DurablePostgresTest {

  @Test
  void endsWithItsJvmHoweverThatEnds() throws Exception {
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                DurablePostgresMain.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output = jvm.inputReader(StandardCharsets.UTF_8)) {
      long server = Long.parseLong(output.readLine());
      Path directory = Path.of(output.readLine());
      assertThat(Files.exists(directory)).isTrue();

      jvm.destroyForcibly();

      Eventually.await(
          "the server is gone",
          () -> ProcessHandle.of(server).filter(ProcessHandle::isAlive).isEmpty());
      Eventually.await("the data is gone", () -> !Files.exists(directory));
    } finally {
      jvm.destroyForcibly();
    }
  }
}
