package io.vitae.boot;

import io.vitae.testing.TestWorkspace;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Shows a JVM what the service does, so that it writes a cache of classes already loaded and linked
 * and of methods worth compiling (JEP 483, 515). The image build runs it with the very runtime and
 * at the very paths of the image, because a cache is good for no other.
 *
 * <p>Its profiles are the published example: a cache must not hold what anybody has typed.
 */
final class AotTraining {
  private static final String KEY = "ask_" + TestWorkspace.hex(32);
  private static final String SOURCE = TestWorkspace.hex(40);
  private static final int PORT = 18080;
  private static final int ROUNDS = 2000;
  private static final int PATIENCE_SECONDS = 120;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<String> java;
  private final Map<String, String> environment;

  private AotTraining(List<String> java, Map<String, String> environment) {
    this.java = java;
    this.environment = environment;
  }

  /**
   * Runs the application, and ends when the cache is written.
   *
   * @param arguments where to write the cache, then the command that runs the application
   */
  public static void main(String... arguments) throws IOException, InterruptedException {
    Path cache = Path.of(arguments[0]);
    List<String> command = List.of(arguments).subList(1, arguments.length);
    try (EmbeddedPostgres database = EmbeddedPostgres.start()) {
      AotTraining training = new AotTraining(command, environment(database));
      end(training.run(List.of(), "migrate"), "the migration");
      Process service = training.run(List.of("-XX:AOTCacheOutput=" + cache));
      training.use(service);
      service.destroy();
      end(service, "the service");
    }
    if (!Files.exists(cache)) {
      throw new IllegalStateException("the JVM wrote no cache: " + cache);
    }
  }

  private static Map<String, String> environment(EmbeddedPostgres database) {
    Map<String, String> environment = new HashMap<>();
    environment.put("QUARKUS_DATASOURCE_REACTIVE_URL", database.reactiveUrl());
    environment.put("QUARKUS_DATASOURCE_USERNAME", database.username());
    environment.put("QUARKUS_DATASOURCE_PASSWORD", database.password());
    environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
    environment.put("QUARKUS_HTTP_PORT", Integer.toString(PORT));
    environment.put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
    environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(PORT + 1));
    environment.put("VITAE_BOOTSTRAP_WORKSPACE", "Training");
    environment.put("VITAE_BOOTSTRAP_API_KEYS", KEY);
    environment.put("VITAE_BOOTSTRAP_SOURCES_0__KEY", SOURCE);
    environment.put("VITAE_BOOTSTRAP_SOURCES_0__NAME", "Training");
    return environment;
  }

  /** The options go first: an option after the application would be its argument. */
  private Process run(List<String> options, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(java);
    command.addAll(1, options);
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().putAll(environment);
    return builder.start();
  }

  private void use(Process service) throws IOException, InterruptedException {
    for (int tries = 0; !isReady(); tries++) {
      if (!service.isAlive() || tries > PATIENCE_SECONDS * 10) {
        throw new IllegalStateException("the service does not become ready");
      }
      Thread.sleep(100);
    }
    String example = Files.readString(Path.of("src", "samples", "profile.json"));
    String ours = example.replace("0123456789abcdef0123456789abcdef01234567", SOURCE);
    String sources = "%5B%22" + SOURCE + "%22%5D";
    for (int i = 0; i < ROUNDS; i++) {
      String reference = "r" + i % 100;
      send("PUT", "/v1/profile/indexing", ours.replace("harry-potter", reference), 201);
      send("GET", "/v1/profile/indexing?source_key=" + SOURCE + "&reference=" + reference, "", 200);
      if (i % 100 == 0) {
        send("GET", "/v1/storing/profiles?source_keys=" + sources, "", 200);
        send("GET", "/v1/profiles/searching?text_keywords=lead&source_keys=" + sources, "", 200);
        send("PUT", "/v1/profile/indexing", "{\"source_key\": \"" + SOURCE + "\"}", 400);
        send("GET", "/v1/auth", "", 200);
        send("GET", "http://127.0.0.1:" + (PORT + 1) + "/q/metrics", "", 200);
      }
    }
  }

  private boolean isReady() throws InterruptedException {
    try {
      send("GET", "http://127.0.0.1:" + (PORT + 1) + "/q/health/ready", "", 200);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  private void send(String method, String path, String body, int expected)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + PORT).resolve(path);
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("X-API-KEY", KEY)
            .method(method, BodyPublishers.ofString(body))
            .build();
    var answer = http.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != expected) {
      throw new IOException(method + " " + uri + ": " + answer.statusCode() + " " + answer.body());
    }
  }

  private static void end(Process process, String what) throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IllegalStateException(what + " did not end well");
    }
  }
}
