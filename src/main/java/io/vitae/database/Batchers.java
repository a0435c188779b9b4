package io.vitae.database;

import io.vertx.core.Vertx;
import io.vitae.observe.Observer;
import jakarta.inject.Singleton;

/** Makes batchers within the configured limits. */
@Singleton
public class Batchers {
  private final Vertx vertx;
  private final Observer observer;
  private final BatchConfig config;
  private final DatabaseConfig database;

  Batchers(Vertx vertx, Observer observer, BatchConfig config, DatabaseConfig database) {
    this.vertx = vertx;
    this.observer = observer;
    this.config = config;
    this.database = database;
  }

  /**
   * A batcher.
   *
   * @param name what metrics call it
   * @param rows the most requests that share a statement, if the configuration does not say fewer
   * @param statement carries out its batches
   */
  public <Q, A> Batcher<Q, A> batcher(String name, int rows, Batcher.Statement<Q, A> statement) {
    return batcher(name, rows, config.inFlight(), statement);
  }

  /** A batcher for lists and searches, of which each is a statement of its own. */
  public <Q, A> Batcher<Q, A> listings(String name, Batcher.Statement<Q, A> statement) {
    return batcher(name, 1, config.listingsInFlight(), statement);
  }

  private <Q, A> Batcher<Q, A> batcher(
      String name, int rows, int inFlight, Batcher.Statement<Q, A> statement) {
    return new Batcher<>(
        name, statement, vertx, observer, config, rows, inFlight, database.acquireTimeout());
  }
}
