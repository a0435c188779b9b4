package io.vitae.testing;

import io.restassured.RestAssured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the service counts, read where an operator reads it. */
public final class Metrics {
  private static final Pattern STATEMENT =
      Pattern.compile(
          "^vitae_database_seconds_count\\{.*statement=\"([a-z_]+)\".*} ([0-9.E]+)$",
          Pattern.MULTILINE);

  private static final Pattern LISTENING =
      Pattern.compile("Management interface listening on (http://[0-9.:]+)\\.");

  private Metrics() {}

  /**
   * The management port of the packaged application under test. Only its log tells which free port
   * it took.
   */
  public static URI ofPackagedApplication() {
    try {
      Matcher matcher = LISTENING.matcher(Files.readString(Path.of("target", "quarkus.log")));
      if (!matcher.find()) {
        throw new AssertionError("the application does not listen");
      }
      return URI.create(matcher.group(1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What no request asks for. */
  private static final Set<String> BACKGROUND =
      Set.of("find_expired_answers", "index_pending_words");

  /** How often each statement of a request has been executed since the service started. */
  public static Map<String, Integer> statements(URI management) {
    String metrics =
        RestAssured.get(management.resolve("/q/metrics"))
            .then()
            .statusCode(200)
            .extract()
            .asString();
    Map<String, Integer> counts = new TreeMap<>();
    for (Matcher line = STATEMENT.matcher(metrics); line.find(); ) {
      counts.merge(line.group(1), (int) Double.parseDouble(line.group(2)), Integer::sum);
    }
    counts.keySet().removeAll(BACKGROUND);
    return counts;
  }

  /** How often each statement was executed while something was done. */
  public static Map<String, Integer> statementsOf(URI management, Runnable work) {
    Map<String, Integer> before = statements(management);
    work.run();
    Map<String, Integer> after = statements(management);
    before.forEach((statement, count) -> after.merge(statement, -count, Integer::sum));
    after.values().removeIf(count -> count == 0);
    return after;
  }
}
