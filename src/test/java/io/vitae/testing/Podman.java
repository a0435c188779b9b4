package io.vitae.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The container engine, by its command line. */
public final class Podman {
  /** The image that {@link #build} makes. */
  public static final String IMAGE = "localhost/vitae:test";

  private static final Duration TIMEOUT = Duration.ofMinutes(15);

  private Podman() {}

  /** Builds docker/Dockerfile.jvm on the images that the build was told to use. */
  public static void build() {
    List<String> command =
        new ArrayList<>(
            List.of("build", "--file", "docker/Dockerfile.jvm", "--tag", IMAGE, "--network=host"));
    // As root of a container itself, where the engine may not make a namespace for each step.
    command.add("--isolation=chroot");
    Path repository = Path.of(System.getProperty("user.home"), ".m2");
    command.add("--volume=" + repository + ":/root/.m2");
    addArgument(command, "BUILD_IMAGE", System.getProperty("docker.build-image", ""));
    addArgument(command, "BASE_IMAGE", System.getProperty("docker.base-image", ""));
    command.add(".");
    run(command.toArray(String[]::new));
  }

  private static void addArgument(List<String> command, String name, String value) {
    if (!value.isEmpty()) {
      command.add("--build-arg=" + name + "=" + value);
    }
  }

  /** Runs a command of the engine, which must succeed, and returns what it wrote. */
  public static String run(String... arguments) {
    List<String> command = new ArrayList<>(List.of("podman"));
    command.addAll(List.of(arguments));
    try {
      Path output = Files.createTempFile("podman", ".log");
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      boolean ended = process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
      String text = Files.readString(output, StandardCharsets.UTF_8);
      Files.delete(output);
      assertThat(ended).as(text).isTrue();
      assertThat(process.exitValue()).as("%s: %s", command, text).isZero();
      return text.strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
