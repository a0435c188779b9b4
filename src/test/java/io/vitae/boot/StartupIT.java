package io.vitae.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitae.testing.Eventually;
import io.vitae.testing.PackagedApp;
import io.vitae.testing.TcpProxy;
import io.vitae.testing.TestWorkspace;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The packaged application comes up from environment variables alone, or says why it does not. */
@Timeout(180)
class StartupIT {
  private static final String URL = "QUARKUS_DATASOURCE_REACTIVE_URL";
  private static final String KEYS = "VITAE_BOOTSTRAP_API_KEYS";
  private static final String WORKSPACE = "VITAE_BOOTSTRAP_WORKSPACE";
  private static final String SOURCE = TestWorkspace.hex(40);
  private static final String ALL_KEY = "ask_" + TestWorkspace.hex(32);
  private static final String READ_KEY = "askr_" + TestWorkspace.hex(32);
  private static final String BODY =
      """
      {"source_key": "%s", "key": "%s", "info": {"full_name": "Ada"}}
      """;

  private static EmbeddedPostgres database;

  @BeforeAll
  static void startDatabase() {
    database = EmbeddedPostgres.start();
  }

  @AfterAll
  static void stopDatabase() {
    database.close();
  }

  @Test
  void comesUpFromTheEnvironmentTwiceAndStopsWhenTold() throws Exception {
    for (String key : new String[] {"first", "second"}) {
      try (PackagedApp app = PackagedApp.start(bootstrapped()).awaitReady()) {
        HttpResponse<String> answer = app.put(ALL_KEY, BODY.formatted(SOURCE, key));
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body()).contains("\"Profile created\"");
        assertThat(app.put(READ_KEY, BODY.formatted(SOURCE, key)).statusCode()).isEqualTo(401);

        long asked = System.nanoTime();
        app.terminate();
        assertThat(app.exitCode()).isZero();
        assertThat(System.nanoTime() - asked).isLessThan(5_000_000_000L);
        assertLogsAreJson(app.output());
        assertThat(app.output()).doesNotContain(ALL_KEY).doesNotContain(READ_KEY);
      }
    }
  }

  @Test
  void derivesTheJdbcUrlOfTheMigration() throws Exception {
    try (EmbeddedPostgres fresh = EmbeddedPostgres.start()) {
      Map<String, String> environment = PackagedApp.migrating(fresh);
      environment.remove("QUARKUS_DATASOURCE_JDBC_URL");
      try (PackagedApp app = PackagedApp.start(environment)) {
        app.awaitReady();
      }
      environment = PackagedApp.migrating(fresh);
      environment.remove(URL);
      try (PackagedApp app = PackagedApp.start(environment)) {
        app.awaitReady();
      }
    }
  }

  @Test
  void waitsForADatabaseThatIsDown() throws Exception {
    Flyway.configure()
        .dataSource(database.jdbcUrl(), database.username(), database.password())
        .load()
        .migrate();
    try (TcpProxy proxy = TcpProxy.to(database.port())) {
      proxy.cut();
      Map<String, String> environment = bootstrapped();
      environment.putAll(PackagedApp.using(database, proxy.port()));
      environment.remove("QUARKUS_DATASOURCE_JDBC_URL");
      environment.remove("QUARKUS_FLYWAY_MIGRATE_AT_START");
      environment.put("VITAE_BOOTSTRAP_RETRY_INTERVAL", "200MS");
      try (PackagedApp app = PackagedApp.start(environment).awaitListening()) {
        assertThat(app.health("live")).isEqualTo(200);
        assertThat(app.health("ready")).isEqualTo(503);
        assertThat(app.health("started")).isEqualTo(503);
        HttpResponse<String> answer = app.put(ALL_KEY, BODY.formatted(SOURCE, "k"));
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        Eventually.await(
            "bootstrap has tried again",
            () -> app.output().split("Bootstrap has to wait", -1).length > 2);

        proxy.open();
        app.awaitReady();
        assertThat(app.put(ALL_KEY, BODY.formatted(SOURCE, "k")).statusCode()).isEqualTo(201);
        assertThat(app.output()).doesNotContain("\"level\":\"ERROR\"");
      }
    }
  }

  /** How somebody starts the application who gets told why not. */
  private record Refusal(Map<String, String> environment, String argument, String reason) {
    PackagedApp start() {
      String[] arguments = argument.isEmpty() ? new String[0] : new String[] {argument};
      return PackagedApp.start(environment, arguments);
    }
  }

  private static List<Refusal> refusals() {
    String demo = "ask_0123456789abcdef0123456789abcdef";
    String malformed = "ask_" + "F".repeat(32);
    Map<String, String> somewhere = Map.of(URL, "postgresql://127.0.0.1:1/nowhere");
    return List.of(
        new Refusal(Map.of(), "", "set quarkus.datasource.reactive.url"),
        new Refusal(
            with(somewhere, WORKSPACE, "W", KEYS, ALL_KEY + "," + demo),
            "",
            "vitae.bootstrap.api-keys[1] is a demo key"),
        new Refusal(
            with(somewhere, WORKSPACE, "W", KEYS, ALL_KEY + "," + malformed),
            "",
            "vitae.bootstrap.api-keys[1] is not ask_"),
        new Refusal(with(somewhere, KEYS, ALL_KEY), "", "need vitae.bootstrap.workspace"),
        new Refusal(
            with(somewhere, "VITAE_PROFILE_PUT_CRATES", "false"),
            "",
            "VITAE_PROFILE_PUT_CRATES in the environment"),
        new Refusal(
            somewhere,
            "-Dvitae.bootstrap.sources[0].kex=1",
            "vitae.bootstrap.sources[0].kex in SysProp"));
  }

  /** All of them at once, because each start takes seconds. */
  @Test
  void refusesToStartAndSaysWhy() throws InterruptedException {
    List<Refusal> refusals = refusals();
    List<PackagedApp> apps = refusals.stream().map(Refusal::start).toList();
    try {
      for (int i = 0; i < apps.size(); i++) {
        String reason = refusals.get(i).reason();
        assertThat(apps.get(i).exitCode()).as(reason).isEqualTo(1);
        assertThat(apps.get(i).output())
            .contains(reason)
            .doesNotContain(ALL_KEY)
            .doesNotContain("FFFF")
            .doesNotContain("0123456789abcdef");
      }
    } finally {
      apps.forEach(PackagedApp::close);
    }
  }

  private static Map<String, String> bootstrapped() {
    Map<String, String> environment =
        PackagedApp.bootstrapping(
            PackagedApp.migrating(database), ALL_KEY + "," + READ_KEY, SOURCE);
    // What Kubernetes adds for services named vitae and vitae-postgres.
    environment.put("VITAE_SERVICE_HOST", "10.0.0.1");
    environment.put("VITAE_SERVICE_PORT", "8080");
    environment.put("VITAE_SERVICE_PORT_HTTP", "8080");
    environment.put("VITAE_PORT", "tcp://10.0.0.1:8080");
    environment.put("VITAE_PORT_8080_TCP", "tcp://10.0.0.1:8080");
    environment.put("VITAE_PORT_8080_TCP_PROTO", "tcp");
    environment.put("VITAE_POSTGRES_PORT_5432_TCP_ADDR", "10.0.0.2");
    return environment;
  }

  private static Map<String, String> with(Map<String, String> base, String... more) {
    Map<String, String> environment = new java.util.HashMap<>(base);
    for (int i = 0; i < more.length; i += 2) {
      environment.put(more[i], more[i + 1]);
    }
    return environment;
  }

  private static void assertLogsAreJson(String output) throws IOException {
    ObjectMapper json = new ObjectMapper();
    for (String line : output.lines().toList()) {
      JsonNode entry = json.readTree(line);
      assertThat(entry.path("message").isTextual()).as(line).isTrue();
    }
  }
}
