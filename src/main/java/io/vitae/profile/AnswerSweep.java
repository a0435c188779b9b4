package io.vitae.profile;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vitae.profile.store.AnswerRepository;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Removes remembered answers once they have expired, also those of workspaces that nobody writes to
 * any more: they hold personal data.
 *
 * <p>Every instance does so, a few rows a statement and one statement at a time; none waits for a
 * row that another is removing. While the database is away nothing is removed.
 */
@ApplicationScoped
class AnswerSweep {
  /** The most statements of one sweep; what is left waits for the next. */
  private static final int ROUNDS = 1_000;

  private final AnswerRepository answers;
  private final IdempotencyConfig config;
  private final Vertx vertx;

  private Sweep sweep;

  AnswerSweep(AnswerRepository answers, IdempotencyConfig config, Vertx vertx) {
    this.answers = answers;
    this.config = config;
    this.vertx = vertx;
  }

  void start(@Observes StartupEvent event) {
    sweep = new Sweep(config.sweepInterval(), vertx, this::forget);
  }

  void stop(@Observes ShutdownEvent event) {
    // A start that failed before this one is told to stop, too.
    if (sweep != null) {
      sweep.stop();
    }
  }

  private Uni<?> forget() {
    return Multi.createBy()
        .repeating()
        .uni(() -> answers.forgetSome(OffsetDateTime.now(ZoneOffset.UTC).minus(config.keep())))
        .whilst(removed -> removed > 0)
        .select()
        .first(ROUNDS)
        .collect()
        .last();
  }
}
