package io.vitae.testing;

import io.vitae.boot.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The packaged application as an operator runs it: a process of its own, in production mode, told
 * everything by environment variables. It listens on free ports of 127.0.0.1.
 */
public final class PackagedApp implements AutoCloseable {
  private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
  private static final Path LOGS = Path.of("target", "packaged-app");
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Pattern LISTENING =
      Pattern.compile(
          "Listening on: (http://[0-9.:]+)\\. Management interface listening on"
              + " (http://[0-9.:]+)\\.");

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Process process;
  private final Path log;

  private PackagedApp(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts the application and returns at once.
   *
   * @param environment the only variables it gets, beside addresses to bind and {@code PATH}
   * @param jvmArguments such as {@code -Dkey=value}; with any, it starts without {@link Classes}
   */
  public static PackagedApp start(Map<String, String> environment, String... jvmArguments) {
    return launch(environment, List.of(jvmArguments), List.of());
  }

  /** Runs the application with an argument instead of serving, such as {@code migrate}. */
  public static PackagedApp command(Map<String, String> environment, String argument) {
    return launch(environment, List.of(), List.of(argument));
  }

  private static PackagedApp launch(
      Map<String, String> environment, List<String> jvmArguments, List<String> arguments) {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    List<String> command = new ArrayList<>(List.of(java.toString(), "-XX:TieredStopAtLevel=1"));
    command.addAll(jvmArguments.isEmpty() ? Classes.ARCHIVED : jvmArguments);
    command.addAll(List.of("-jar", JAR.toAbsolutePath().toString()));
    command.addAll(arguments);
    try {
      Files.createDirectories(LOGS);
      Path log = LOGS.resolve(UUID.randomUUID() + ".log");
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
      String path = builder.environment().getOrDefault("PATH", "/usr/bin:/bin");
      builder.environment().clear();
      builder.environment().put("PATH", path);
      builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
      builder.environment().put("QUARKUS_HTTP_PORT", "0");
      builder.environment().put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
      builder.environment().put("QUARKUS_MANAGEMENT_PORT", "0");
      builder.environment().putAll(environment);
      return new PackagedApp(builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The variables that name a database and ask for its migration. */
  public static Map<String, String> migrating(EmbeddedPostgres database) {
    Map<String, String> environment = using(database, database.port());
    environment.put("QUARKUS_DATASOURCE_JDBC_URL", database.jdbcUrl());
    environment.put("QUARKUS_FLYWAY_MIGRATE_AT_START", "true");
    return environment;
  }

  /** The variables that name a database which is reached through a port of 127.0.0.1. */
  public static Map<String, String> using(EmbeddedPostgres database, int port) {
    Map<String, String> environment = new HashMap<>();
    environment.put("QUARKUS_DATASOURCE_REACTIVE_URL", "postgresql://127.0.0.1:" + port + "/vitae");
    environment.put("QUARKUS_DATASOURCE_USERNAME", database.username());
    environment.put("QUARKUS_DATASOURCE_PASSWORD", database.password());
    return environment;
  }

  /**
   * These variables, and those that make a workspace with its keys and a source.
   *
   * @param keys with commas between them
   */
  public static Map<String, String> bootstrapping(
      Map<String, String> environment, String keys, String source) {
    environment.put("VITAE_BOOTSTRAP_WORKSPACE", "Test");
    environment.put("VITAE_BOOTSTRAP_API_KEYS", keys);
    environment.put("VITAE_BOOTSTRAP_SOURCES_0__KEY", source);
    environment.put("VITAE_BOOTSTRAP_SOURCES_0__NAME", "Test");
    return environment;
  }

  /** Returns once the application listens; fails when it ends instead. */
  public PackagedApp awaitListening() throws InterruptedException {
    Eventually.await("it listens", () -> !process.isAlive() || LISTENING.matcher(output()).find());
    if (!process.isAlive()) {
      throw new AssertionError("the application ended:\n" + output());
    }
    return this;
  }

  /** Returns once the application listens and calls itself ready and started. */
  public PackagedApp awaitReady() throws InterruptedException {
    awaitListening();
    Eventually.await("it is ready", () -> health("ready") == 200 && health("started") == 200);
    return this;
  }

  /** The HTTP status of a probe: {@code live}, {@code ready} or {@code started}. */
  public int health(String probe) {
    return send(HttpRequest.newBuilder(management("/q/health/" + probe))).statusCode();
  }

  /** All metrics as Prometheus reads them. */
  public String metrics() {
    return send(HttpRequest.newBuilder(management("/q/metrics"))).body();
  }

  /** PUTs a body to {@code /v1/profile/indexing}. */
  public HttpResponse<String> put(String apiKey, String body) {
    return send(
        HttpRequest.newBuilder(api("/v1/profile/indexing"))
            .header("X-API-KEY", apiKey)
            .PUT(BodyPublishers.ofString(body)));
  }

  /** Sends a request of any kind. */
  public HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.timeout(TIMEOUT).build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** A URI on the port of the API. */
  public URI api(String path) {
    return URI.create(address(1) + path);
  }

  /** A URI on the port of health and metrics. */
  public URI management(String path) {
    return URI.create(address(2) + path);
  }

  /** Everything it has written to its standard output and error. */
  public String output() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The memory that the process has of the machine, in MiB; 0 where the system does not tell. */
  public long residentMebibytes() {
    return memory("VmRSS:");
  }

  /**
   * As much of it as is in no file, in MiB: what cannot be taken back from it when it gets tight.
   */
  public long anonymousMebibytes() {
    return memory("RssAnon:");
  }

  private long memory(String name) {
    try {
      return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
          .filter(line -> line.startsWith(name))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException notLinux) {
      return 0;
    }
  }

  /** The names of its threads, as far as the system keeps them; empty where it does not tell. */
  public List<String> threadNames() {
    Path threads = Path.of("/proc/" + process.pid() + "/task");
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(threads)) {
      for (Path thread : all) {
        names.add(Files.readString(thread.resolve("comm")).strip());
      }
    } catch (IOException gone) {
      // Of a system without such files, or of a thread that has just ended.
      return names;
    }
    return names;
  }

  /** Waits for the process to end by itself and returns its exit code. */
  public int exitCode() throws InterruptedException {
    if (!process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("the application still runs:\n" + output());
    }
    return process.exitValue();
  }

  /** Asks the process to end, as an orchestrator does: with SIGTERM. */
  public void terminate() {
    process.destroy();
  }

  /** Ends the process, and fails if it ever blocked an event loop. */
  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().orTimeout(TIMEOUT.toSeconds(), TimeUnit.SECONDS).join();
    EventLoopGuard.check(output());
  }

  /**
   * An archive of the classes that a start loads, made by a first one. With it a start takes less
   * than half the time; what is measured, under options of its own or for the table of faults, goes
   * without it.
   */
  private static final class Classes {
    static final List<String> ARCHIVED = Boolean.getBoolean("test.faults") ? List.of() : archive();

    private static List<String> archive() {
      Path file = LOGS.resolve("classes.jsa").toAbsolutePath();
      try {
        Files.deleteIfExists(file);
        List<String> making = List.of("-XX:ArchiveClassesAtExit=" + file);
        try (PackagedApp app = launch(migrating(PostgresResource.server()), making, List.of())) {
          app.awaitReady().terminate();
          app.exitCode();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
      return Files.exists(file) ? List.of("-XX:SharedArchiveFile=" + file) : List.of();
    }
  }

  private String address(int group) {
    Matcher matcher = LISTENING.matcher(output());
    if (!matcher.find()) {
      throw new AssertionError("the application does not listen:\n" + output());
    }
    return matcher.group(group);
  }
}
