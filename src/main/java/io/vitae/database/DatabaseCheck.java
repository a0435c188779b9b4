package io.vitae.database;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vitae.observe.Observation;
import io.vitae.observe.Observer;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready means: the database answers in time, and has the schema that this code was written for.
 * Liveness never asks it, because a restart does not mend a database.
 *
 * <p>A pod that has been ready stays so when the schema becomes newer: migrations run before the
 * pods that need them, and keep to what the version before them can work with (adr/0010).
 */
@Readiness
@Singleton
class DatabaseCheck implements AsyncHealthCheck {
  private final Schema schema;
  private final DatabaseConfig config;
  private final Observer observer;
  private volatile boolean hasBeenReady;

  DatabaseCheck(Schema schema, DatabaseConfig config, Observer observer) {
    this.schema = schema;
    this.config = config;
    this.observer = observer;
  }

  @Override
  public Uni<HealthCheckResponse> call() {
    return schema
        .applied()
        .ifNoItem()
        .after(config.readinessTimeout())
        .fail()
        .map(this::compare)
        .onFailure()
        .recoverWithItem(() -> check().down().withData("reason", "no answer").build())
        .invoke(this::report);
  }

  private HealthCheckResponse compare(Optional<String> applied) {
    boolean expected = Schema.objection(applied).isEmpty();
    if (expected) {
      hasBeenReady = true;
    }
    return check()
        .status(expected || (hasBeenReady && applied.filter(Schema::isNewer).isPresent()))
        .withData("schema", applied.orElse("none"))
        .withData("expected", Schema.VERSION)
        .build();
  }

  private void report(HealthCheckResponse answer) {
    boolean ready = answer.getStatus() == HealthCheckResponse.Status.UP;
    observer.observe(new Observation.Readiness(ready));
  }

  private static HealthCheckResponseBuilder check() {
    return HealthCheckResponse.named("database");
  }
}
