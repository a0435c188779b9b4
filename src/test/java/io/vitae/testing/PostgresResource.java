package io.vitae.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vitae.boot.EmbeddedPostgres;
import java.util.Map;

/**
 * One real PostgreSQL for all tests of a run, whether they start the application themselves or run
 * the packaged one.
 */
public final class PostgresResource implements QuarkusTestResourceLifecycleManager {
  private static EmbeddedPostgres server;

  static synchronized EmbeddedPostgres server() {
    if (server == null) {
      server = EmbeddedPostgres.start();
      Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    }
    return server;
  }

  @Override
  public Map<String, String> start() {
    EmbeddedPostgres postgres = server();
    return Map.of(
        "quarkus.datasource.reactive.url", postgres.reactiveUrl(),
        "quarkus.datasource.jdbc.url", postgres.jdbcUrl(),
        "quarkus.datasource.username", postgres.username(),
        "quarkus.datasource.password", postgres.password(),
        "quarkus.flyway.migrate-at-start", "true",
        // The packaged application knows no test port for management.
        "quarkus.management.port", "0",
        "quarkus.management.host", "127.0.0.1");
  }

  @Override
  public void stop() {
    // The server outlives one application: the next test class may start another.
  }
}
