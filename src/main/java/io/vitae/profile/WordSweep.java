package io.vitae.profile;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vitae.profile.store.WordIndexStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Has PostgreSQL take the words of new rows into their index beside the writes, so that no write
 * does it and lets its caller wait (adr/0025).
 *
 * <p>Each instance that writes asks for it, one statement at a time. While nobody can, because the
 * database is away or cannot keep up, writes do it themselves once the list is long enough.
 */
@ApplicationScoped
class WordSweep {
  private final WordIndexStore index;
  private final WordsConfig config;
  private final Vertx vertx;

  private Sweep sweep;

  WordSweep(WordIndexStore index, WordsConfig config, Vertx vertx) {
    this.index = index;
    this.config = config;
    this.vertx = vertx;
  }

  void start(@Observes StartupEvent event) {
    sweep = new Sweep(config.indexInterval(), vertx, index::indexPending);
  }

  void stop(@Observes ShutdownEvent event) {
    // A start that failed before this one is told to stop, too.
    if (sweep != null) {
      sweep.stop();
    }
  }
}
