package io.vitae.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The JVM that runs the service, and what it is told.
 *
 * @param java the program
 * @param version 17, 25
 * @param cache what a training run has left of the packaged application; nothing when the JVM is
 *     too old to keep it
 */
record Jvm(String java, int version, Optional<Path> cache) {
  /** What the image has, for a pod of 256 MiB; some of it an older JVM does not know. */
  static final List<String> IMAGE_FLAGS =
      List.of("-XX:+IgnoreUnrecognizedVMOptions", "-XX:MaxRAM=256m", "@docker/jvm.options");

  /**
   * What a JVM does by itself in 256 MiB, where it takes the serial collector, with the heap that
   * the image has.
   */
  static final List<String> PLAIN_FLAGS =
      List.of(
          "-XX:MaxRAM=256m",
          "-XX:+UseSerialGC",
          "-XX:MaxRAMPercentage=44",
          "-XX:MinRAMPercentage=44",
          "-XX:InitialRAMPercentage=22");

  /** The first that writes a cache in the one run that docker/Dockerfile.jvm makes. */
  static final int FIRST_WITH_CACHE = 25;

  private static final Path AOT_JAR = jar("quarkus-app");
  private static final Path FAST_JAR = jar("fast-jar");
  private static final String FAST_JAR_MAIN = "io.quarkus.bootstrap.runner.QuarkusEntryPoint";
  private static final Pattern VERSION = Pattern.compile("^\\S+ (\\d+)");
  private static final Duration TRAINING_LIMIT = Duration.ofMinutes(5);

  /** A JVM as it is installed. */
  static Jvm of(String home) {
    String java = home + "/bin/java";
    return new Jvm(java, version(Commands.run(java, "--version")), Optional.empty());
  }

  /** The 25 in what {@code java --version} prints. */
  static int version(String printed) {
    Matcher matcher = VERSION.matcher(printed);
    if (!matcher.find()) {
      throw new BenchmarkException("Not a version of Java: " + printed);
    }
    return Integer.parseInt(matcher.group(1));
  }

  /**
   * The same with a cache, made as docker/Dockerfile.jvm makes it, for the very paths and options
   * that {@link #cached()} has.
   */
  Jvm trained(Path directory) {
    if (version < FIRST_WITH_CACHE) {
      return this;
    }
    System.out.println("[bench] a JVM is shown what the service does");
    Path file = directory.resolve("vitae.aot");
    Commands.run("rm", "-f", file.toString());
    List<String> training = new ArrayList<>();
    training.add(System.getProperty("java.home") + "/bin/java");
    training.addAll(List.of("-cp", System.getProperty("java.class.path")));
    training.addAll(List.of("io.vitae.boot.AotTraining", file.toString()));
    training.addAll(command(List.of(), IMAGE_FLAGS, AOT_JAR));
    Commands.run(Path.of("."), TRAINING_LIMIT, Map.of(), training);
    return new Jvm(java, version, Optional.of(file));
  }

  /** Runs the packaged application with the image's options. */
  List<String> uncached() {
    return command(List.of(), IMAGE_FLAGS, AOT_JAR);
  }

  /**
   * Runs it as the image does, with its cache. A cache that does not fit is a failure here; the
   * image would start without.
   */
  Optional<List<String>> cached() {
    return cache.map(
        file -> command(List.of("-XX:AOTCache=" + file, "-XX:AOTMode=on"), IMAGE_FLAGS, AOT_JAR));
  }

  /** Runs the same application as Quarkus packages it by default, with no cache of its classes. */
  List<String> plain() {
    return command(List.of(), PLAIN_FLAGS, FAST_JAR);
  }

  private List<String> command(List<String> cache, List<String> flags, Path jar) {
    List<String> command = new ArrayList<>(List.of(java));
    command.addAll(cache);
    command.addAll(flags);
    command.addAll(List.of("-jar", jar.toString()));
    return command;
  }

  /** Sees to it that what {@link #plain()} runs is not what {@link #cached()} runs. */
  static void verifyFastJar() {
    verifyFastJar(FAST_JAR);
  }

  static void verifyFastJar(Path jar) {
    try (JarFile file = new JarFile(jar.toFile())) {
      Attributes attributes = file.getManifest().getMainAttributes();
      if (!FAST_JAR_MAIN.equals(attributes.getValue(Attributes.Name.MAIN_CLASS))) {
        throw new BenchmarkException(jar + " is no fast-jar");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path jar(String directory) {
    return Path.of("target", directory, "quarkus-run.jar").toAbsolutePath();
  }
}
