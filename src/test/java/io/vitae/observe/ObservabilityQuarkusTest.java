package io.vitae.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.vitae.testing.PostgresResource;
import io.vitae.testing.RawHttp;
import io.vitae.testing.TestWorkspace;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator sees of the running service, on the management port. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ObservabilityQuarkusTest {
  private static final String PATH = "/v1/profile/indexing";

  @TestHTTPResource(management = true)
  URI management;

  @TestHTTPResource URI api;

  @ParameterizedTest
  @ValueSource(strings = {"/health/live", "/health/ready", "/health/started"})
  void probesAreUp(String probe) {
    RestAssured.get(management().resolve("/q" + probe))
        .then()
        .statusCode(200)
        .body("status", equalTo("UP"));
    RestAssured.get("/q" + probe).then().statusCode(404);
  }

  @Test
  void livenessDoesNotAskTheDatabaseAndReadinessDoes() {
    RestAssured.get(management().resolve("/q/health/live"))
        .then()
        .body("checks.name", not(hasItem("database")));
    RestAssured.get(management().resolve("/q/health/ready"))
        .then()
        .body("checks.name", hasItem("database"));
  }

  @Test
  void metricsAreNotOnThePortOfTheApi() {
    RestAssured.get("/q/metrics").then().statusCode(404);
  }

  @Test
  void countsRequestsWritesStatementsAndConnections() {
    TestWorkspace workspace = TestWorkspace.create();
    String body =
        """
        {"source_key": "%s", "key": "k", "info": {"full_name": "Ada"}}
        """
            .formatted(workspace.sourceKey());
    double created = value("vitae_profile_puts_total", "outcome=\"created\"", "code=\"none\"");
    double edited = value("vitae_profile_puts_total", "outcome=\"edited\"", "code=\"none\"");
    double refused = value("vitae_profile_puts_total", "code=\"INVALID_JSON\"");
    double requests = value("http_server_requests_seconds_count", PATH, "PUT", "\"201\"");
    double statements = value("vitae_database_seconds_count", "\"write_profiles\"", "success");

    workspace.request().body(body).put(PATH).then().statusCode(201);
    workspace.request().body(body).put(PATH).then().statusCode(201);
    workspace.request().body("{").put(PATH).then().statusCode(400);

    assertThat(value("vitae_profile_puts_total", "outcome=\"created\"", "code=\"none\""))
        .isEqualTo(created + 1);
    assertThat(value("vitae_profile_puts_total", "outcome=\"edited\"", "code=\"none\""))
        .isEqualTo(edited + 1);
    assertThat(value("vitae_profile_puts_total", "code=\"INVALID_JSON\"")).isEqualTo(refused + 1);
    assertThat(value("http_server_requests_seconds_count", PATH, "PUT", "\"201\""))
        .isEqualTo(requests + 2);
    assertThat(value("http_server_requests_seconds_count", PATH, "PUT", "\"400\"")).isPositive();
    // Two for the profile that was not there: whether it can be edited is tried first.
    assertThat(value("vitae_database_seconds_count", "\"write_profiles\"", "success"))
        .isEqualTo(statements + 3);
    assertThat(metrics()).contains("sql_pool_active", "sql_pool_queue_size");
  }

  @Test
  void countsWhatIsRepeatedUnderItsKey() {
    TestWorkspace workspace = TestWorkspace.create();
    String body = "{\"source_key\":\"%s\",\"key\":\"k\",\"info\":{},\"n\":%s}";
    double again = value("vitae_idempotency_repetitions_total", "\"replayed\"");
    double conflicts = value("vitae_idempotency_repetitions_total", "\"conflict\"");
    double puts = value("vitae_profile_puts_total", "outcome=\"replayed\"");
    double refused = value("vitae_profile_puts_total", "code=\"IDEMPOTENCY_KEY_REUSED\"");
    double failures = value("vitae_database_seconds_count", "\"write_once\"", "failure");

    for (int n : new int[] {1, 1, 1, 2}) {
      workspace
          .request()
          .header("Idempotency-Key", "a")
          .body(body.formatted(workspace.sourceKey(), n))
          .put(PATH)
          .then()
          .statusCode(n == 1 ? 201 : 400);
    }

    assertThat(value("vitae_idempotency_repetitions_total", "\"replayed\"")).isEqualTo(again + 2);
    assertThat(value("vitae_idempotency_repetitions_total", "\"conflict\""))
        .isEqualTo(conflicts + 1);
    assertThat(value("vitae_profile_puts_total", "outcome=\"replayed\"")).isEqualTo(puts + 2);
    assertThat(value("vitae_profile_puts_total", "code=\"IDEMPOTENCY_KEY_REUSED\""))
        .isEqualTo(refused + 1);
    assertThat(value("vitae_database_seconds_count", "\"write_once\"", "failure"))
        .isEqualTo(failures);
  }

  @Test
  void namesRoutesAndNeverPaths() throws IOException {
    String word = TestWorkspace.hex(16);
    for (int i = 0; i < 50; i++) {
      RestAssured.get("/v1/" + word + i).then().statusCode(404);
      assertThat(RawHttp.status(api, "GET /v1/" + word + i + "%zz", 0)).isEqualTo(400);
    }
    assertThat(RawHttp.status(api, "PUT /v1/" + word, 2 << 20)).isEqualTo(413);

    assertThat(metrics()).doesNotContain(word).contains("uri=\"NOT_FOUND\"", "uri=\"UNKNOWN\"");
  }

  /** Where health and metrics are. */
  URI management() {
    return management;
  }

  private String metrics() {
    return RestAssured.get(management().resolve("/q/metrics"))
        .then()
        .statusCode(200)
        .extract()
        .asString();
  }

  /** The sum of all samples of a metric whose line has all the parts. */
  private double value(String metric, String... parts) {
    return metrics()
        .lines()
        .filter(line -> line.startsWith(metric + "{"))
        .filter(line -> java.util.Arrays.stream(parts).allMatch(line::contains))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }
}
