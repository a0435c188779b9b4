package io.vitae.boot;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.annotations.CommandLineArguments;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vitae.access.ApiKey;
import io.vitae.access.ApiKeys;
import io.vitae.access.Workspaces;
import io.vitae.database.Schema;
import io.vitae.source.Sources;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;
import org.jboss.logging.Logger;

/**
 * Creates the workspace, API keys and sources of {@code vitae.bootstrap.*} that are missing.
 *
 * <p>A database that is not there yet, or has another schema than this code needs, is waited for,
 * not fallen over: until it is done the start-up and readiness probes say so.
 */
@Startup
@Readiness
@Singleton
class Bootstrap implements AsyncHealthCheck {
  private static final Logger LOG = Logger.getLogger(Bootstrap.class);

  private final BootstrapConfig config;
  private final Workspaces workspaces;
  private final ApiKeys keys;
  private final Sources sources;
  private final Schema schema;
  private final boolean serves;
  private final CompletableFuture<Boolean> done = new CompletableFuture<>();

  Bootstrap(
      BootstrapConfig config,
      Workspaces workspaces,
      ApiKeys keys,
      Sources sources,
      Schema schema,
      @CommandLineArguments String[] arguments) {
    this.config = config;
    this.workspaces = workspaces;
    this.keys = keys;
    this.sources = sources;
    this.schema = schema;
    this.serves = !Migration.isAskedFor(arguments);
  }

  void start(@Observes @Priority(StartupChecks.PRIORITY + 1) StartupEvent event) {
    if (serves) {
      createUntilDone();
    }
  }

  private void createUntilDone() {
    create()
        .onFailure()
        .invoke(failure -> LOG.warnf("Bootstrap has to wait: %s", failure.getMessage()))
        .onFailure()
        .retry()
        .withBackOff(config.retryInterval(), config.retryInterval().multipliedBy(5))
        .withJitter(0.2)
        .indefinitely()
        .subscribe()
        .with(ignored -> done.complete(true));
  }

  /** Runs an action once everything is there, at once if it is already. */
  void whenDone(Runnable action) {
    Uni.createFrom().completionStage(done).subscribe().with(ignored -> action.run());
  }

  @Override
  public Uni<HealthCheckResponse> call() {
    return Uni.createFrom()
        .item(HealthCheckResponse.named("bootstrap").status(done.isDone()).build());
  }

  private Uni<Void> create() {
    Uni<Void> ready =
        schema
            .requireVersion()
            .chain(schema::compression)
            .invoke(method -> LOG.infof("PostgreSQL compresses documents with %s", method))
            .chain(schema::requireSight);
    return config
        .workspace()
        .map(name -> ready.chain(() -> workspaces.ensure(name)).chain(this::fill))
        .orElse(ready);
  }

  private Uni<Void> fill(long workspaceId) {
    List<Uni<Boolean>> steps = new ArrayList<>();
    for (String secret : config.apiKeys().orElse(List.of())) {
      steps.add(keys.ensure(workspaceId, ApiKey.parse(secret).orElseThrow()));
    }
    for (BootstrapConfig.SourceToCreate source : config.sources()) {
      steps.add(sources.ensure(workspaceId, source.key(), source.name()));
    }
    return Multi.createFrom()
        .iterable(steps)
        .onItem()
        .transformToUniAndConcatenate(step -> step)
        .filter(created -> created)
        .collect()
        .with(java.util.stream.Collectors.counting())
        .invoke(created -> LOG.infof("Bootstrap created %d keys and sources", created))
        .replaceWithVoid();
  }
}
