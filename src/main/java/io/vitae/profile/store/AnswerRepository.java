package io.vitae.profile.store;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vitae.database.Batcher;
import io.vitae.database.Batchers;
import io.vitae.database.Database;
import jakarta.inject.Singleton;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Answers that are remembered in PostgreSQL, and the writes that they are remembered of. */
@Singleton
public class AnswerRepository {
  /** Each is a transaction of its own, because the refusal of one must undo nothing of another. */
  private static final int TOGETHER = 1;

  /** How many answers are removed by one statement. */
  private static final int ROWS = 500;

  private final Database database;
  private final Batcher<OnceWrite, OnceResult> writes;

  AnswerRepository(Database database, Batchers batchers, WordIndexStore words) {
    this.database = database;
    this.writes = batchers.batcher("write_once", TOGETHER, new OnceBatch(database, words));
  }

  /**
   * Writes a profile unless that has been done under the same key. Attempts under one key are
   * carried out one after the other, on whichever instance.
   *
   * @return what came of it; fails as {@link ProfileRepository#write} does
   */
  public Uni<OnceResult> write(OnceWrite once) {
    return writes.submit(
        OnceBatch.lane(once),
        Optional.of(OnceBatch.identity(once)),
        once.write().patch().length(),
        once);
  }

  /**
   * Removes some of the answers that have expired, of one workspace.
   *
   * @return how many
   */
  public Uni<Integer> forgetSome(OffsetDateTime expired) {
    return database
        .execute("find_expired_answers", AnswerStatements.FIND_EXPIRED, Tuple.of(expired))
        .chain(
            rows ->
                Database.stream(rows)
                    .findFirst()
                    .map(row -> forgetSome(row.getLong("workspace_id"), expired))
                    .orElseGet(() -> Uni.createFrom().item(0)));
  }

  private Uni<Integer> forgetSome(long workspaceId, OffsetDateTime expired) {
    return database
        .executeIn(
            workspaceId,
            "forget_answers",
            AnswerStatements.FORGET,
            Tuple.of(workspaceId, expired, ROWS))
        .map(RowSet::rowCount);
  }
}
