package io.vitae.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitae.boot.DurablePostgres;
import io.vitae.testing.Eventually;
import io.vitae.testing.PackagedApp;
import io.vitae.testing.Ports;
import io.vitae.testing.TcpProxy;
import io.vitae.testing.TestWorkspace;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The packaged application, the network to its database, and the database: each can be broken by
 * itself. The application keeps its address when it is started again.
 */
final class FaultSite implements AutoCloseable {
  /** {@code quarkus.datasource.reactive.max-size} of application.properties. */
  private static final int POOL = 16;

  private static final int MORE_THAN_CONNECTIONS = 40;

  static final String INDEXING = "/v1/profile/indexing";

  /** Longer than the service may take for any answer: to see none in time is a defect. */
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  final String key = "ask_" + TestWorkspace.hex(32);
  final String source = TestWorkspace.hex(40);
  final DurablePostgres database;
  final TcpProxy network;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();
  private final int port = Ports.unused();
  private final Map<String, String> environment;
  private final String[] jvmArguments;
  private PackagedApp app;

  private FaultSite(DurablePostgres database, Map<String, String> more, String... jvmArguments)
      throws InterruptedException {
    this.database = database;
    this.network = TcpProxy.to(database.port());
    this.environment = new HashMap<>();
    environment.put(
        "QUARKUS_DATASOURCE_REACTIVE_URL", "postgresql://127.0.0.1:" + network.port() + "/vitae");
    environment.put("QUARKUS_DATASOURCE_JDBC_URL", database.jdbcUrl());
    environment.put("QUARKUS_DATASOURCE_USERNAME", database.username());
    environment.put("QUARKUS_DATASOURCE_PASSWORD", database.password());
    environment.put("QUARKUS_FLYWAY_MIGRATE_AT_START", "true");
    environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
    // So that lists can count the connections that are usable.
    environment.put("VITAE_BATCH_LISTINGS_IN_FLIGHT", Integer.toString(POOL));
    PackagedApp.bootstrapping(environment, key, source);
    environment.putAll(more);
    this.jvmArguments = jvmArguments;
    app = PackagedApp.start(environment, jvmArguments).awaitReady();
    // The next starts migrate nothing, as in production.
    environment.remove("QUARKUS_FLYWAY_MIGRATE_AT_START");
    environment.remove("QUARKUS_DATASOURCE_JDBC_URL");
  }

  /** Everything up and ready. */
  static FaultSite open() throws InterruptedException {
    return open(DurablePostgres.create(), Map.of());
  }

  /**
   * Everything up and ready, otherwise than by default.
   *
   * @param more environment variables of the application
   */
  static FaultSite open(DurablePostgres database, Map<String, String> more, String... jvmArguments)
      throws InterruptedException {
    return new FaultSite(database, more, jvmArguments);
  }

  PackagedApp app() {
    return app;
  }

  /** Kills the application with SIGKILL. */
  void killApp() {
    app.close();
  }

  /** Starts it again, and returns at once. */
  void startApp() {
    app = PackagedApp.start(environment, jvmArguments);
  }

  URI api(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  int port() {
    return port;
  }

  HttpResponse<String> put(String body) throws IOException, InterruptedException {
    return send("PUT", INDEXING, body);
  }

  HttpResponse<String> get(String profile) throws IOException, InterruptedException {
    return send("GET", INDEXING + "?source_key=" + source + "&key=" + profile, "");
  }

  /** Sends anything; names and values of headers by turns, beside {@code X-API-KEY}. */
  HttpResponse<String> send(String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = request(method, path, body);
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  HttpRequest.Builder request(String method, String path, String body) {
    return HttpRequest.newBuilder(api(path))
        .timeout(TIMEOUT)
        .header("X-API-KEY", key)
        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
  }

  HttpClient http() {
    return http;
  }

  /** A small profile with the source's key in it. */
  String profile(String profile, String members) {
    return "{\"source_key\":\"%s\",\"key\":\"%s\",\"info\":{}%s}"
        .formatted(source, profile, members.isEmpty() ? "" : "," + members);
  }

  /** Returns once as many connections can be used as the service has by default. */
  void awaitAllConnections() throws SQLException, InterruptedException {
    int usable = usableConnections();
    for (int i = 0; i < 5 && usable != POOL; i++) {
      usable = usableConnections();
    }
    assertThat(usable).as("usable connections").isEqualTo(POOL);
    awaitIdle();
  }

  /**
   * Makes as many requests as can be at the database at once wait for a lock there, and tells how
   * many that are: as many as the service has connections to work with.
   */
  private int usableConnections() throws SQLException, InterruptedException {
    try (Connection other = database.connect();
        Statement lock = other.createStatement()) {
      other.setAutoCommit(false);
      lock.execute("LOCK TABLE profile IN ACCESS EXCLUSIVE MODE");
      List<CompletableFuture<?>> answers = new ArrayList<>();
      for (int i = 0; i < MORE_THAN_CONNECTIONS; i++) {
        String list = "/v1/storing/profiles?source_keys=%5B%22" + source + "%22%5D";
        answers.add(http.sendAsync(request("GET", list, "").build(), BodyHandlers.discarding()));
      }
      Thread.sleep(1_000);
      try (ResultSet waiting =
          lock.executeQuery(
              "SELECT count(*) FROM pg_stat_activity"
                  + " WHERE application_name = 'vitae' AND wait_event_type = 'Lock'")) {
        waiting.next();
        return waiting.getInt(1);
      } finally {
        other.rollback();
        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).join();
      }
    }
  }

  /** Returns once no request is under way, and no statement is on a connection or waits for one. */
  void awaitIdle() throws InterruptedException {
    Eventually.await(
        "no request is under way, no connection is in use and nobody waits for one",
        () ->
            gauge("vitae_requests") == 0
                && gauge("sql_pool_active") == 0
                && gauge("sql_queue_size") == 0);
  }

  /** The sum of a gauge over its tags, 0 when it is not there. */
  double gauge(String name) {
    Matcher lines =
        Pattern.compile("^" + name + "(?:\\{[^}]*})? ([-0-9.E]+)$", Pattern.MULTILINE)
            .matcher(app.metrics());
    double sum = 0;
    while (lines.find()) {
      sum += Double.parseDouble(lines.group(1));
    }
    return sum;
  }

  @Override
  public void close() {
    try {
      app.close();
    } finally {
      network.close();
      database.close();
    }
  }
}
