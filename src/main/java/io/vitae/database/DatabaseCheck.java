package io.vitae.database;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready means: the database answers in time, and has the schema that this code was written for.
 * Liveness never asks it, because a restart does not mend a database.
 */
@Readiness
@ApplicationScoped
class DatabaseCheck implements AsyncHealthCheck {
  private final Schema schema;
  private final DatabaseConfig config;

  DatabaseCheck(Schema schema, DatabaseConfig config) {
    this.schema = schema;
    this.config = config;
  }

  @Override
  public Uni<HealthCheckResponse> call() {
    return schema
        .applied()
        .ifNoItem()
        .after(config.readinessTimeout())
        .fail()
        .map(DatabaseCheck::compare)
        .onFailure()
        .recoverWithItem(() -> check().down().withData("reason", "no answer").build());
  }

  private static HealthCheckResponse compare(Optional<String> applied) {
    String version = applied.orElse("none");
    return check()
        .status(version.equals(Schema.VERSION))
        .withData("schema", version)
        .withData("expected", Schema.VERSION)
        .build();
  }

  private static HealthCheckResponseBuilder check() {
    return HealthCheckResponse.named("database");
  }
}
