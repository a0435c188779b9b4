package io.vitae.profile.store;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vitae.database.Database;
import jakarta.inject.Singleton;

/**
 * The indexes that searches for words and names use. PostgreSQL puts what rows bring for them on a
 * list, which searches read as a whole, and takes it from there into the index later (adr/0025).
 */
@Singleton
public class WordIndexStore {
  private static final String INDEX_PENDING = "SELECT vitae_index_pending_words()";

  private final Database database;

  private volatile boolean pending;

  WordIndexStore(Database database) {
    this.database = database;
  }

  /** Says that rows were written, whose words may be on the list. */
  void rowsWritten() {
    // Most find it set already: nothing is written then that other cores would have to fetch.
    if (!pending) {
      pending = true;
    }
  }

  /**
   * Has the list taken into the index when this instance has written rows since the last time;
   * nothing happens when another instance is having it done.
   *
   * @return fails as {@link Database#guard} says, and then the next call tries again
   */
  public Uni<Void> indexPending() {
    if (!pending) {
      return Uni.createFrom().voidItem();
    }
    pending = false;
    return database
        .execute("index_pending_words", INDEX_PENDING, Tuple.tuple())
        .onFailure()
        .invoke(this::rowsWritten)
        .replaceWithVoid();
  }
}
