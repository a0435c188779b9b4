package io.vitae.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.vitae.boot.EmbeddedPostgres;
import io.vitae.testing.Eventually;
import io.vitae.testing.Manifests;
import io.vitae.testing.Podman;
import io.vitae.testing.SteadyWriter;
import io.vitae.testing.TestWorkspace;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The image, hardened and with 256 MiB, does what the process does. Takes podman and kubectl. */
@Tag("container")
@Timeout(300)
class ContainerIT {
  private static final String KEY = "ask_" + TestWorkspace.hex(32);
  private static final String SOURCE = TestWorkspace.hex(40);
  private static final String PASSWORD = TestWorkspace.hex(32);
  private static final URI API = URI.create("http://127.0.0.1:8080/");
  private static final URI MANAGEMENT = URI.create("http://127.0.0.1:9000/");
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static final int LARGE_CLIENTS = 64;

  private static EmbeddedPostgres database;

  @BeforeAll
  @Timeout(900)
  static void buildAndMigrate() throws SQLException {
    Podman.build();
    database = EmbeddedPostgres.start();
    execute("CREATE ROLE vitae_service NOLOGIN");
    execute("CREATE ROLE service LOGIN PASSWORD '" + PASSWORD + "' IN ROLE vitae_service");
    String log = Podman.run(hardened("vitae-migration", migration(), "migrate"));
    assertThat(log)
        .contains("The schema has version ")
        .as("it does not wait as a service does")
        .containsPattern("stopped in [0-4][.]");
  }

  @AfterAll
  static void stopDatabase() {
    database.close();
  }

  @Test
  void servesHardenedWithLittleMemoryAndLosesNothingWhenStopped() throws Exception {
    serve("vitae-service");
    try {
      Eventually.await("it is ready", () -> status("/q/health/ready") == 200);
      SteadyWriter writer = SteadyWriter.start(16, KEY, SOURCE, () -> API);
      try (writer) {
        Eventually.await("it is written to", () -> writer.count() > 1000);
        assertThat(writer.failures()).isEmpty();
        assertThat(get("/q/metrics")).contains("vitae_profile_puts_total{");
        System.out.println("Resident: " + resident("vitae-service"));
        Podman.run("stop", "--time", "45", "vitae-service");
      }
      assertThat(
              Podman.run(
                  "inspect",
                  "--format",
                  "{{.State.ExitCode}} {{.State.OOMKilled}}",
                  "vitae-service"))
          .isEqualTo("0 false");
      // Nobody takes it out of a balancer here, so the last to come find the door closed; but
      // whoever
      // was answered was not told of an error, and what was acknowledged is there.
      assertThat(writer.failures()).noneMatch(failure -> failure.matches("(?s)\\d.*"));
      try (Connection connection = connect()) {
        Map<String, Integer> stored = SteadyWriter.stored(connection);
        assertThat(writer.acknowledged())
            .hasSize(16)
            .allSatisfy((key, value) -> assertThat(stored.get(key)).isGreaterThanOrEqualTo(value));
      }
      assertThat(Podman.run("logs", "vitae-service")).startsWith("{").contains(" started in ");
      System.out.println(
          Pattern.compile("started in [0-9.]+s")
              .matcher(Podman.run("logs", "vitae-service"))
              .results()
              .findFirst()
              .orElseThrow()
              .group());
      System.out.println(
          "Image: " + Podman.run("image", "inspect", "--format", "{{.Size}}", Podman.IMAGE));
    } finally {
      Podman.run("rm", "--force", "vitae-service");
    }
  }

  /** The most that clients can make it hold: bodies of many small members, near the limit. */
  @Test
  void largeBodiesFromManyClientsDoNotEndIt() throws Exception {
    serve("vitae-large");
    ExecutorService clients = Executors.newFixedThreadPool(LARGE_CLIENTS);
    try {
      Eventually.await("it is ready", () -> status("/q/health/ready") == 200);
      long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      List<Future<Set<Integer>>> seen = new ArrayList<>();
      for (int i = 0; i < LARGE_CLIENTS; i++) {
        HttpRequest request = large("large-" + i);
        seen.add(clients.submit(() -> statuses(request, end)));
      }
      Set<Integer> statuses = new HashSet<>();
      for (Future<Set<Integer>> client : seen) {
        statuses.addAll(client.get());
      }
      System.out.println("Resident with large bodies: " + resident("vitae-large"));
      assertThat(statuses).contains(201, 429).isSubsetOf(201, 429, 503);
      assertThat(status("/q/health/ready")).isEqualTo(200);
    } finally {
      clients.shutdownNow();
      Podman.run("rm", "--force", "vitae-large");
    }
  }

  private static HttpRequest large(String reference) {
    String description = "word ".repeat(130);
    String entries =
        IntStream.range(0, 900)
            .mapToObj(
                i ->
                    "{\"title\":\"Engineer %d\",\"description\":\"%s\",\"skills\":[{\"name\":\"a\"},{\"name\":\"b\"}]}"
                        .formatted(i, description))
            .collect(Collectors.joining(","));
    String body =
        "{\"source_key\":\"%s\",\"reference\":\"%s\",\"info\":{\"full_name\":\"Ada\"},\"experiences\":[%s]}"
            .formatted(SOURCE, reference, entries);
    assertThat(body).hasSizeBetween(600_000, 1_000_000);
    return HttpRequest.newBuilder(API.resolve("v1/profile/indexing"))
        .header("X-API-KEY", KEY)
        .PUT(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private static Set<Integer> statuses(HttpRequest request, long end) throws Exception {
    Set<Integer> statuses = new HashSet<>();
    while (System.nanoTime() < end) {
      statuses.add(HTTP.send(request, BodyHandlers.discarding()).statusCode());
    }
    return statuses;
  }

  @Test
  void theRenderedDeploymentRuns() throws Exception {
    Path manifest = Path.of("target", "play.yaml");
    Files.writeString(manifest, playable());
    createSecret("vitae-database", Map.of("username", "service", "password", PASSWORD));
    createSecret("vitae-bootstrap", bootstrap());
    Podman.run("play", "kube", "--network=host", manifest.toString());
    try {
      Eventually.await("it is ready", () -> status("/q/health/ready") == 200);
      SteadyWriter writer = SteadyWriter.start(2, KEY, SOURCE, () -> API);
      try (writer) {
        Eventually.await("it is written to", () -> writer.count() > 20);
      }
      assertThat(writer.failures()).isEmpty();
      assertThat(
              Podman.run(
                  "inspect",
                  "--format",
                  "{{.HostConfig.ReadonlyRootfs}} {{.HostConfig.Memory}} {{.Config.User}} {{.EffectiveCaps}}",
                  "vitae-pod-0-vitae"))
          .isEqualTo("true 268435456 1001:1001 []");
    } finally {
      Podman.run("play", "kube", "--down", manifest.toString());
      Podman.run("secret", "rm", "vitae-database", "vitae-bootstrap");
    }
  }

  /**
   * The Deployment of the local overlay with its configuration and its secrets. The engine
   * publishes no ports on the network of the host, and asks by HTTP only with a curl in the image,
   * so ports and probes are left to the tests of the manifests; the database listens on the
   * loopback of this machine.
   */
  private static String playable() throws IOException, InterruptedException {
    List<HasMetadata> all = Manifests.render("local");
    Deployment deployment =
        all.stream()
            .filter(resource -> resource instanceof Deployment)
            .filter(resource -> resource.getMetadata().getName().equals("vitae"))
            .map(Deployment.class::cast)
            .findFirst()
            .orElseThrow();
    deployment.getSpec().setReplicas(1);
    var container = deployment.getSpec().getTemplate().getSpec().getContainers().get(0);
    container.setImage(Podman.IMAGE);
    container.setPorts(List.of());
    container.setStartupProbe(null);
    container.setLivenessProbe(null);
    container.setReadinessProbe(null);
    ConfigMap configuration =
        all.stream()
            .filter(resource -> resource instanceof ConfigMap)
            .filter(resource -> resource.getMetadata().getName().matches("vitae-[a-z0-9]{10}"))
            .map(ConfigMap.class::cast)
            .findFirst()
            .orElseThrow();
    configuration
        .getData()
        .putAll(Map.of("QUARKUS_DATASOURCE_REACTIVE_URL", database.reactiveUrl()));
    return Serialization.asYaml(configuration) + Serialization.asYaml(deployment);
  }

  /** As the engine wants a secret: its keys, each in base64, as JSON. */
  private static void createSecret(String name, Map<String, String> data) throws IOException {
    StringBuilder json = new StringBuilder();
    data.forEach(
        (key, value) ->
            json.append(json.isEmpty() ? "{" : ",")
                .append('"' + key + "\":\"")
                .append(Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)))
                .append('"'));
    Path file = Path.of("target", name + ".json");
    Files.writeString(file, json.append('}'));
    Podman.run("secret", "create", name, file.toString());
    Files.delete(file);
  }

  /** Starts the service, which stays to be looked at after its end. */
  private static void serve(String name) {
    List<String> command = new ArrayList<>(List.of(hardened(name, service())));
    command.add(1, "--detach");
    command.remove("--rm");
    Podman.run(command.toArray(String[]::new));
  }

  /** As the Deployment's security context and limits have it. */
  private static String[] hardened(
      String name, Map<String, String> environment, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "run",
                "--rm",
                "--name=" + name,
                "--network=host",
                "--read-only",
                "--read-only-tmpfs=false",
                "--tmpfs=/tmp:rw,size=16m",
                "--user=1001:1001",
                "--cap-drop=ALL",
                "--security-opt=no-new-privileges",
                "--memory=256m",
                "--memory-swap=256m"));
    environment.forEach((key, value) -> command.add("--env=" + key + "=" + value));
    command.add(Podman.IMAGE);
    command.addAll(List.of(arguments));
    return command.toArray(String[]::new);
  }

  private static Map<String, String> migration() {
    return Map.of(
        "QUARKUS_SHUTDOWN_DELAY", "10S",
        "QUARKUS_DATASOURCE_REACTIVE_URL", database.reactiveUrl(),
        "QUARKUS_DATASOURCE_USERNAME", database.username(),
        "QUARKUS_DATASOURCE_PASSWORD", database.password());
  }

  private static Map<String, String> service() {
    Map<String, String> environment = new java.util.HashMap<>(bootstrap());
    environment.put("QUARKUS_DATASOURCE_REACTIVE_URL", database.reactiveUrl());
    environment.put("QUARKUS_DATASOURCE_USERNAME", "service");
    environment.put("QUARKUS_DATASOURCE_PASSWORD", PASSWORD);
    environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
    environment.put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
    return environment;
  }

  private static Map<String, String> bootstrap() {
    return Map.of(
        "QUARKUS_HTTP_HOST", "127.0.0.1",
        "QUARKUS_MANAGEMENT_HOST", "127.0.0.1",
        "VITAE_BOOTSTRAP_WORKSPACE", "Test",
        "VITAE_BOOTSTRAP_API_KEYS", KEY,
        "VITAE_BOOTSTRAP_SOURCES_0__KEY", SOURCE,
        "VITAE_BOOTSTRAP_SOURCES_0__NAME", "Test");
  }

  private static String resident(String container) throws IOException {
    String pid = Podman.run("inspect", "--format", "{{.State.Pid}}", container);
    return Files.readAllLines(Path.of("/proc", pid, "status")).stream()
        .filter(line -> line.matches("(VmHWM|VmRSS|RssAnon|RssFile):.*"))
        .map(line -> line.replaceAll("\\s+", " "))
        .toList()
        .toString();
  }

  private static int status(String path) {
    try {
      return HTTP.send(
              HttpRequest.newBuilder(MANAGEMENT.resolve(path)).build(), BodyHandlers.discarding())
          .statusCode();
    } catch (IOException notYet) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  private static String get(String path) throws IOException, InterruptedException {
    return HTTP.send(
            HttpRequest.newBuilder(MANAGEMENT.resolve(path)).build(), BodyHandlers.ofString())
        .body();
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static Connection connect() throws SQLException {
    return DriverManager.getConnection(
        database.jdbcUrl(), database.username(), database.password());
  }
}
