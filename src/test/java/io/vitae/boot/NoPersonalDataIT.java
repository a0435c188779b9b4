package io.vitae.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitae.testing.Eventually;
import io.vitae.testing.PackagedApp;
import io.vitae.testing.RawHttp;
import io.vitae.testing.TcpProxy;
import io.vitae.testing.TestWorkspace;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Personal data and secrets that pass through the service appear in no log line, metric or error
 * answer, however the request or the database fails; and while it fails, clients are told to try
 * again.
 */
@Timeout(180)
class NoPersonalDataIT {
  private static final String SOURCE = TestWorkspace.hex(40);
  private static final String KEY = "ask_" + TestWorkspace.hex(32);
  private static final String UNKNOWN_KEY = "ask_" + TestWorkspace.hex(32);
  private static final String CANARY = "canary" + TestWorkspace.hex(12);
  private static final String REFUSED_BY_DATABASE = CANARY + "-refused-by-database";

  private static EmbeddedPostgres database;
  private static TcpProxy proxy;
  private static PackagedApp app;

  private final List<HttpResponse<String>> failures = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    database = EmbeddedPostgres.start();
    proxy = TcpProxy.to(database.port());
    Map<String, String> environment = PackagedApp.migrating(database);
    environment.putAll(PackagedApp.using(database, proxy.port()));
    PackagedApp.bootstrapping(environment, KEY, SOURCE);
    environment.put("VITAE_DATABASE_TIMEOUT", "1S");
    app = PackagedApp.start(environment).awaitReady();
  }

  @AfterAll
  static void stop() {
    app.close();
    proxy.close();
    database.close();
  }

  /** One story, because each failure leaves its mark on the connections of the next. */
  @Test
  void nothingLeaks() throws Exception {
    goodRequests();
    refusedRequests();
    refusalsOfTheDatabase();
    statementTimeouts();
    lostConnections();
    silentConnections();
    brokenSchema();

    assertThat(failures).allSatisfy(NoPersonalDataIT::assertClean);
    assertClean(app.output());
    assertClean(app.metrics());
    // The system keeps the first 15 characters of a name.
    assertThat(app.threadNames().toString()).doesNotContain(CANARY.substring(0, 15));
  }

  /** The first ones may find the application too cold for the short time that it has here. */
  private void goodRequests() throws InterruptedException {
    Eventually.await("a PUT", () -> put("good", CANARY).statusCode() == 201);
    Eventually.await("a GET", () -> get("reference=" + CANARY + "-good").statusCode() == 200);
    String email = "email=" + encoded(CANARY + "@example.com");
    Eventually.await("a GET by address", () -> get(email).statusCode() == 200);
    Eventually.await("a PUT with a key", () -> putOnce("once", "good").statusCode() == 201);
    assertThat(putOnce("once", "good").headers().firstValue("Idempotent-Replayed")).isPresent();
  }

  private void refusedRequests() throws Exception {
    failed(
        400,
        send(
            HttpRequest.newBuilder(app.api("/v1/profile/indexing"))
                .PUT(HttpRequest.BodyPublishers.ofString("{\"" + CANARY + "\": \"" + CANARY))));
    failed(400, app.put(KEY, body("bad", CANARY).replace("@", "(at)")));
    failed(400, app.put(KEY, body("bad", CANARY).replace("\"info\"", "\"info\": {}, \"info\"")));
    failed(
        400,
        app.put(
            KEY,
            body("bad", CANARY).replace("\"parsing\": true", "\"parsing\": \"" + CANARY + "\"")));
    failed(400, app.put(KEY, body("bad", CANARY).replace(SOURCE, CANARY)));
    // A reference that belongs to another profile.
    failed(400, app.put(KEY, body("bad", CANARY).replace(CANARY + "-bad", CANARY + "-good")));
    failed(413, app.put(KEY, body("bad", CANARY.repeat(100_000))));
    failed(401, app.put(UNKNOWN_KEY, body("bad", CANARY)));
    failed(400, putOnce("another", "good"));
    failed(400, putOnce("once", "not a key"));
    failed(400, get("reference=" + CANARY));
    failed(400, get("email=" + encoded(CANARY + "@nowhere.example")));
    failed(404, send(HttpRequest.newBuilder(app.api("/v1/" + CANARY))));
    assertThat(RawHttp.status(app.api("/"), "GET /v1/" + CANARY + "%zz", 0)).isEqualTo(400);
    assertThat(RawHttp.status(app.api("/"), "PUT /v1/" + CANARY, 2 << 20)).isEqualTo(413);
  }

  /** The server's message quotes the failing row. */
  private void refusalsOfTheDatabase() throws SQLException {
    sql("ALTER TABLE profile ADD CONSTRAINT test CHECK (name !~ 'refused-by-database')");
    failed(500, put("database", REFUSED_BY_DATABASE));
    failed(500, putOnce("database", "refused", REFUSED_BY_DATABASE));
  }

  /** The server gives up, too: the lock that the statement waits for is never released. */
  private void statementTimeouts() throws SQLException, InterruptedException {
    try (Connection other = connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("SELECT 1 FROM profile FOR UPDATE");
      failed(503, put("good", CANARY + " locked"));
      failed(503, putOnce("good", "locked"));
      Eventually.await("nobody waits for a lock", () -> !isAnyoneWaiting());
      other.rollback();
    }
    Eventually.await("a retry", () -> putOnce("good", "locked").statusCode() == 201);
  }

  private static boolean isAnyoneWaiting() {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet waiting =
            statement.executeQuery("SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock'")) {
      return waiting.next();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void lostConnections() throws InterruptedException {
    proxy.cut();
    long start = System.nanoTime();
    failed(503, put("good", CANARY + " lost"));
    failed(503, putOnce("good", "lost"));
    failed(503, get("reference=" + CANARY + "-good"));
    assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
    assertThat(app.health("live")).isEqualTo(200);
    Eventually.await("not ready", () -> app.health("ready") == 503);

    proxy.open();
    Eventually.await("ready again", () -> app.health("ready") == 200);
    Eventually.await("PUT again", () -> put("good", CANARY).statusCode() == 201);
  }

  private void silentConnections() throws InterruptedException {
    proxy.stall();
    long start = System.nanoTime();
    failed(503, put("good", CANARY + " silent"));
    assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
    assertThat(app.health("ready")).isEqualTo(503);
    assertThat(app.health("live")).isEqualTo(200);

    proxy.mend();
    Eventually.await("ready again", () -> app.health("ready") == 200);
    Eventually.await("PUT again", () -> put("good", CANARY).statusCode() == 201);
  }

  private void brokenSchema() throws SQLException {
    sql("ALTER TABLE profile RENAME COLUMN consent TO test");
    failed(500, get("reference=" + CANARY + "-good"));
    failed(500, put("good", CANARY + " schema"));
    failed(500, putOnce("good", "schema"));
  }

  private void failed(int status, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Retry-After").isPresent()).isEqualTo(status == 503);
    failures.add(answer);
  }

  private static HttpResponse<String> put(String name, String person) {
    return send(
        HttpRequest.newBuilder(app.api("/v1/profile/indexing"))
            .PUT(HttpRequest.BodyPublishers.ofString(body(name, person))));
  }

  private static HttpResponse<String> putOnce(String name, String key) {
    return putOnce(name, key, CANARY);
  }

  private static HttpResponse<String> putOnce(String name, String key, String person) {
    return send(
        HttpRequest.newBuilder(app.api("/v1/profile/indexing"))
            .header("Idempotency-Key", CANARY + "-" + key)
            .PUT(HttpRequest.BodyPublishers.ofString(body(name, person))));
  }

  private static HttpResponse<String> get(String identity) {
    return send(
        HttpRequest.newBuilder(
            app.api("/v1/profile/indexing?source_key=" + SOURCE + "&" + identity)));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) {
    return app.send(
        request.header("X-API-KEY", KEY).header("X-USER-EMAIL", CANARY + "@acting.example"));
  }

  private static String body(String name, String person) {
    return """
    {"source_key": "%1$s", "key": "%2$s", "reference": "%3$s-%2$s",
     "consent_algorithmic": {"owner": {"parsing": true}},
     "info": {"full_name": "%4$s", "email": "%3$s@example.com", "phone": "+33 %3$s",
              "summary": "%4$s"},
     "%3$s": "%4$s"}
    """
        .formatted(SOURCE, name, CANARY, person);
  }

  private static void assertClean(HttpResponse<String> failure) {
    assertClean(failure.body());
  }

  private static void assertClean(String text) {
    // The form of a key is no secret, but its digits are; nor is a digest of one.
    assertThat(text)
        .doesNotContain(CANARY)
        .doesNotContain(KEY.substring(4))
        .doesNotContain(UNKNOWN_KEY.substring(4));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static void sql(String command) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(command);
    }
  }

  private static Connection connect() throws SQLException {
    return DriverManager.getConnection(
        database.jdbcUrl(), database.username(), database.password());
  }
}
