package io.vitae.profile.store;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vitae.database.Batcher;
import io.vitae.database.Database;
import io.vitae.database.Statements;
import java.util.List;
import java.util.Optional;

/**
 * Carries out a write that goes through once, in a transaction of its own: the key is taken, the
 * profile written and the answer remembered, or nothing of it has happened.
 */
final class OnceBatch implements Batcher.Statement<OnceWrite, OnceResult> {
  private final Database database;
  private final WordIndexStore words;

  OnceBatch(Database database, WordIndexStore words) {
    this.database = database;
    this.words = words;
  }

  private record Identity(long workspaceId, Buffer key) {}

  /** Workspaces take turns. */
  static Object lane(OnceWrite once) {
    return once.write().workspaceId();
  }

  /** Attempts under one key go one after the other, here as in the database. */
  static Object identity(OnceWrite once) {
    return new Identity(once.write().workspaceId(), once.key());
  }

  /**
   * Runs one write.
   *
   * @param writes has one element
   */
  @Override
  public Uni<List<Optional<OnceResult>>> run(Object lane, List<OnceWrite> writes) {
    OnceWrite once = writes.get(0);
    return database
        .transact("write_once", statements -> attempt(statements, once), OnceBatch::isDone)
        .map(List::of);
  }

  private static boolean isDone(Optional<OnceResult> result) {
    return result.filter(OnceResult.Done.class::isInstance).isPresent();
  }

  private Uni<Optional<OnceResult>> attempt(Statements transaction, OnceWrite once) {
    ProfileWrite write = once.write();
    Tuple parameters =
        Tuple.tuple()
            .addLong(write.workspaceId())
            .addValue(once.key())
            .addValue(once.request())
            .addOffsetDateTime(write.now())
            .addOffsetDateTime(once.expired());
    return transaction
        .executeIn(write.workspaceId(), "take_key", AnswerStatements.TAKE, parameters)
        .chain(
            taken -> taken.rowCount() == 1 ? first(transaction, once) : again(transaction, once));
  }

  private Uni<Optional<OnceResult>> first(Statements transaction, OnceWrite once) {
    return new WriteBatch(transaction, words)
        .run(WriteBatch.laneOfEither(once.write()), List.of(once.write()))
        .chain(
            results ->
                results
                    .get(0)
                    .map(result -> remember(transaction, once, result))
                    .orElseGet(OnceBatch::lostRace));
  }

  private static Uni<Optional<OnceResult>> remember(
      Statements transaction, OnceWrite once, WriteResult result) {
    if (result.row().isEmpty()) {
      return Uni.createFrom().item(Optional.of(new OnceResult.Refused(result)));
    }
    RememberedAnswer answer = once.answer().apply(result);
    Tuple parameters =
        Tuple.tuple()
            .addLong(once.write().workspaceId())
            .addValue(once.key())
            .addLong(once.write().sourceId())
            .addString(result.row().get().key())
            .addShort((short) answer.status())
            .addLong(answer.version())
            .addValue(answer.body());
    return transaction
        .executeIn(
            once.write().workspaceId(), "remember_answer", AnswerStatements.REMEMBER, parameters)
        .replaceWith(Optional.of(new OnceResult.Done(result.created(), answer)));
  }

  /** What is found now is committed: whoever was taking the key has been waited for. */
  private static Uni<Optional<OnceResult>> again(Statements transaction, OnceWrite once) {
    Tuple parameters = Tuple.of(once.write().workspaceId(), once.key());
    return transaction
        .executeIn(once.write().workspaceId(), "find_answer", AnswerStatements.FIND, parameters)
        .map(rows -> found(rows, once));
  }

  /** Nothing, when the profile was deleted between the two statements, and the answer with it. */
  private static Optional<OnceResult> found(RowSet<Row> rows, OnceWrite once) {
    return Database.stream(rows).findFirst().map(row -> compared(row, once));
  }

  private static OnceResult compared(Row row, OnceWrite once) {
    if (!row.getBuffer("request_sha256").getDelegate().equals(once.request())) {
      return new OnceResult.Conflict();
    }
    return new OnceResult.Replayed(
        new RememberedAnswer(
            row.getShort("status"), row.getLong("version"), row.getBuffer("answer").getDelegate()));
  }

  /** The batcher tries it again; what is there by then, it will see. */
  private static Uni<Optional<OnceResult>> lostRace() {
    return Uni.createFrom().item(Optional.empty());
  }
}
