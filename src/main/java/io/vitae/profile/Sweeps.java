package io.vitae.profile;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vitae.profile.store.WordIndexStore;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * What every instance does beside its requests: removing answers that have expired (adr/0021), and
 * having PostgreSQL take the words of new rows into their index, so that no write does it and lets
 * its caller wait (adr/0025). While the database is away neither happens.
 */
@Singleton
class Sweeps {
  private final AnswerSweep answers;
  private final IdempotencyConfig answersConfig;
  private final WordIndexStore words;
  private final WordsConfig wordsConfig;
  private final Vertx vertx;

  private List<Sweep> sweeps = List.of();

  Sweeps(
      AnswerSweep answers,
      IdempotencyConfig answersConfig,
      WordIndexStore words,
      WordsConfig wordsConfig,
      Vertx vertx) {
    this.answers = answers;
    this.answersConfig = answersConfig;
    this.words = words;
    this.wordsConfig = wordsConfig;
    this.vertx = vertx;
  }

  void start(@Observes StartupEvent event) {
    sweeps =
        List.of(
            new Sweep(answersConfig.sweepInterval(), vertx, answers::forget),
            new Sweep(wordsConfig.indexInterval(), vertx, words::indexPending));
  }

  void stop(@Observes ShutdownEvent event) {
    sweeps.forEach(Sweep::stop);
  }
}
