package io.vitae.boot;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
  private static final String MANAGEMENT = "http://127.0.0.1:" + (PORT + 1);
  private static final String INDEXING = "/v1/profile/indexing";
  private static final int PROFILES = 500;

  /** So many at once, as the service does its work: together. */
  private static final int CLIENTS = 64;

  /**
   * Far more than it takes to have everything compiled that is hot (5,000 calls). What the JVM has
   * not seen compiled well in training it believes to be cold, and leaves for long as it is.
   */
  private static final int REQUESTS = 100_000;

  private static final int PATIENCE_SECONDS = 120;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ObjectNode example;
  private final List<String> java;
  private final Map<String, String> environment;

  private AotTraining(List<String> java, Map<String, String> environment) throws IOException {
    Path published = Path.of("src", "samples", "profile.json");
    this.example = (ObjectNode) new ObjectMapper().readTree(published.toFile());
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
      try {
        training.use(service);
      } finally {
        service.destroy();
      }
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
    for (String party : List.of("owner", "controller")) {
      ((ObjectNode) example.at("/consent_algorithmic/" + party)).put("searching", true);
    }
    for (int n = 0; n < PROFILES; n++) {
      send("PUT", INDEXING, edit(n, 0), 201);
    }
    List<Callable<Void>> shares = new ArrayList<>();
    for (int client = 0; client < CLIENTS; client++) {
      int first = client;
      shares.add(() -> requestsFrom(first));
    }
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try {
      for (Future<Void> share : clients.invokeAll(shares)) {
        share.get();
      }
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } finally {
      clients.shutdown();
    }
  }

  private Void requestsFrom(int first) throws IOException, InterruptedException {
    for (int i = first; i < REQUESTS; i += CLIENTS) {
      request(i);
    }
    return null;
  }

  /** The requests of a day, in the shares that they might have: half writes, half reads. */
  private void request(int i) throws IOException, InterruptedException {
    String sources = "source_keys=%5B%22" + SOURCE + "%22%5D";
    int n = i / 2 % PROFILES;
    switch (i % 1000) {
      case 199 -> send("GET", "/v1/storing/profiles?" + sources, "", 200);
      case 399 -> send("GET", "/v1/profiles/searching?text_keywords=lead&" + sources, "", 200);
      case 599 -> send("PUT", INDEXING, "{\"source_key\": \"" + SOURCE + "\"}", 400);
      case 799 -> send("GET", "/v1/auth", "", 200);
      case 999 -> send("GET", MANAGEMENT + "/q/metrics", "", 200);
      default -> {
        if (i % 2 == 0) {
          send("PUT", INDEXING, i % 8 == 0 ? part(n, i) : edit(n, i), 201);
        } else {
          send("GET", INDEXING + "?source_key=" + SOURCE + "&reference=r" + n, "", 200);
        }
      }
    }
  }

  /**
   * A whole profile, as one client or another would write it: with another entry in its metadatas
   * each time, and another text now and then.
   */
  private String edit(int n, int revision) {
    ObjectNode profile = example.deepCopy();
    profile.put("source_key", SOURCE).put("reference", "r" + n);
    profile.put("text", revision / 10_000 + " " + example.path("text").textValue());
    profile.putArray("metadatas").addObject().put("name", "revision").put("value", "" + revision);
    return n % 2 == 0 ? profile.toString() : profile.toPrettyString();
  }

  private static String part(int n, int revision) {
    return """
        {"source_key": "%s", "reference": "r%d", "info": {},
         "metadatas": [{"name": "revision", "value": "%d"}]}
        """
        .formatted(SOURCE, n, revision);
  }

  private boolean isReady() throws InterruptedException {
    try {
      send("GET", MANAGEMENT + "/q/health/ready", "", 200);
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
