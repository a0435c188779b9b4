package io.vitae.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.vitae.testing.Answer;
import io.vitae.testing.Manifests;
import io.vitae.testing.PostgresResource;
import io.vitae.testing.TestWorkspace;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The alerts and the dashboard ask for what the service counts. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class MonitoringQuarkusTest {
  private static final Pattern SELECTOR = Pattern.compile("([a-z_:0-9]+)\\{([^}]*)}");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)(?:=~|!=|!~|=)\"");

  /** What Prometheus adds to every series, and the one series that it makes itself. */
  private static final Set<String> OF_PROMETHEUS = Set.of("job", "instance", "le", "up");

  @TestHTTPResource(management = true)
  URI management;

  /** The packaged application under test listens elsewhere. */
  URI management() {
    return management;
  }

  @Test
  void everySeriesOfTheAlertsAndTheDashboardExists() throws IOException {
    TestWorkspace workspace = TestWorkspace.create();
    workspace
        .request()
        .body("{\"source_key\": \"" + workspace.sourceKey() + "\", \"key\": \"k\", \"info\": {}}")
        .put("/v1/profile/indexing")
        .then()
        .statusCode(201);
    RestAssured.get(management().resolve("/q/health/ready")).then().statusCode(200);
    String scrape = RestAssured.get(management().resolve("/q/metrics")).asString();

    List<String> queries = new ArrayList<>(alerts());
    queries.addAll(dashboard());
    Set<String> missing = new TreeSet<>();
    int found = 0;
    for (String query : queries) {
      for (MatchResult selector : SELECTOR.matcher(query).results().toList()) {
        found++;
        if (!exists(scrape, selector.group(1), selector.group(2))) {
          missing.add(selector.group());
        }
      }
    }
    assertThat(found).isGreaterThan(20);
    assertThat(missing).isEmpty();
  }

  @Test
  void requestsAreCountedInBuckets() {
    RestAssured.get("/v1/auth").then().statusCode(401);
    assertThat(RestAssured.get(management().resolve("/q/metrics")).asString())
        .contains("http_server_requests_seconds_bucket{")
        .contains("le=\"0.5\"");
  }

  @Test
  void readinessIsAGauge() {
    RestAssured.get(management().resolve("/q/health/ready")).then().statusCode(200);
    assertThat(RestAssured.get(management().resolve("/q/metrics")).asString())
        .containsPattern("(?m)^vitae_ready(\\{})? 1\\.0$");
  }

  private static boolean exists(String scrape, String name, String labels) {
    if (OF_PROMETHEUS.contains(name)) {
      return true;
    }
    List<String> wanted =
        LABEL
            .matcher(labels)
            .results()
            .map(label -> label.group(1))
            .filter(label -> !OF_PROMETHEUS.contains(label))
            .toList();
    return scrape
        .lines()
        .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
        .anyMatch(line -> wanted.stream().allMatch(label -> line.contains(label + "=\"")));
  }

  private static List<String> alerts() {
    return Manifests.only(Manifests.in(Manifests.ROOT), PrometheusRule.class)
        .getSpec()
        .getGroups()
        .stream()
        .flatMap(group -> group.getRules().stream())
        .map(rule -> rule.getExpr().getStrVal())
        .toList();
  }

  private static List<String> dashboard() throws IOException {
    JsonNode dashboard =
        Answer.parse(
            Files.readString(Manifests.ROOT.resolve("components/monitoring/dashboard.json")));
    return dashboard.findValues("expr").stream().map(JsonNode::textValue).toList();
  }
}
