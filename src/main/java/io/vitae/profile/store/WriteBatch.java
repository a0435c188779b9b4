package io.vitae.profile.store;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vitae.database.Batcher;
import io.vitae.database.Statements;
import io.vitae.profile.document.LargeSection;
import io.vitae.profile.store.WriteResult.Outcome;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Carries out writes of one workspace in one statement.
 *
 * <p>Writes that may edit are first sent as edits and nothing else, which is the cheaper statement.
 * Those whose profiles turn out not to be there, or were just being changed, are sent again with
 * the statement that makes profiles and loses no such race.
 */
final class WriteBatch implements Batcher.Statement<ProfileWrite, WriteResult> {
  private final Statements statements;
  private final WordIndexStore words;

  WriteBatch(Statements statements, WordIndexStore words) {
    this.statements = statements;
    this.words = words;
  }

  private record Identity(Lane names, long sourceId, String name) {}

  /** What the writes of a statement have in common, and whether it makes profiles. */
  private record Kind(Lane names, boolean makes) {
    String sql() {
      if (makes) {
        return names.byReference()
            ? ProfileStatements.WRITE_BY_REFERENCE
            : ProfileStatements.WRITE_BY_KEY;
      }
      return names.byReference()
          ? ProfileStatements.EDIT_BY_REFERENCE
          : ProfileStatements.EDIT_BY_KEY;
    }
  }

  /** What the writes of a statement have in common. */
  static Object lane(ProfileWrite write) {
    return new Kind(names(write), !write.permit().edit());
  }

  /** The same for a write that is to be done with one statement, whatever is there. */
  static Object laneOfEither(ProfileWrite write) {
    return new Kind(names(write), true);
  }

  private static Lane names(ProfileWrite write) {
    return new Lane(write.workspaceId(), write.byReference());
  }

  /** What no two writes of a statement may have in common. */
  static Object identity(ProfileWrite write) {
    String name = write.byReference() ? write.reference() : write.key();
    return new Identity(names(write), write.sourceId(), name);
  }

  @Override
  public Uni<List<Optional<WriteResult>>> run(Object lane, List<ProfileWrite> writes) {
    Kind kind = (Kind) lane;
    long workspaceId = kind.names.workspaceId();
    Tuple parameters = parameters(workspaceId, writes);
    if (kind.makes) {
      parameters
          .addValue(column(writes, Buffer[]::new, write -> PatchText.rest(write.missing().patch())))
          .addValue(column(writes, Boolean[]::new, write -> write.permit().create()));
    }
    return statements
        .executeIn(workspaceId, "write_profiles", kind.sql(), parameters)
        .invoke(words::rowsWritten)
        .map(rows -> results(rows, writes));
  }

  /** What was not there to be edited may have to be made, and what was being changed waits. */
  @Override
  public Object laneOfRetry(Object lane) {
    return new Kind(((Kind) lane).names, true);
  }

  private static Tuple parameters(long workspaceId, List<ProfileWrite> writes) {
    return Tuple.tuple()
        .addLong(workspaceId)
        .addValue(column(writes, Long[]::new, ProfileWrite::sourceId))
        .addValue(column(writes, String[]::new, ProfileWrite::key))
        .addValue(column(writes, String[]::new, ProfileWrite::reference))
        .addValue(column(writes, Boolean[]::new, ProfileWrite::referenceGiven))
        .addValue(column(writes, Buffer[]::new, write -> PatchText.rest(write.patch())))
        .addValue(column(writes, Buffer[]::new, write -> write.shownConsent().orElse(null)))
        .addValue(column(writes, Boolean[]::new, write -> write.permit().edit()))
        .addValue(column(writes, String[]::new, WriteBatch::versions))
        .addValue(column(writes, OffsetDateTime[]::new, ProfileWrite::now))
        .addValue(column(writes, OffsetDateTime[]::new, write -> write.createdAt().orElse(null)))
        .addValue(column(writes, String[]::new, write -> write.actor().orElse(null)))
        .addValue(section(writes, LargeSection.TEXT))
        .addValue(section(writes, LargeSection.EXPERIENCES))
        .addValue(section(writes, LargeSection.EDUCATIONS));
  }

  private static Buffer[] section(List<ProfileWrite> writes, LargeSection section) {
    return column(writes, Buffer[]::new, write -> PatchText.section(write.patch(), section));
  }

  private static <T> T[] column(
      List<ProfileWrite> writes, IntFunction<T[]> array, Function<ProfileWrite, T> value) {
    T[] column = array.apply(writes.size());
    Arrays.setAll(column, i -> value.apply(writes.get(i)));
    return column;
  }

  /** There are no arrays of arrays of different lengths: the inner one goes as its text. */
  private static String versions(ProfileWrite write) {
    return write
        .permit()
        .versions()
        .map(versions -> versions.toString().replace('[', '{').replace(']', '}'))
        .orElse(null);
  }

  private static List<Optional<WriteResult>> results(RowSet<Row> rows, List<ProfileWrite> writes) {
    List<Optional<WriteResult>> results =
        new ArrayList<>(Collections.nCopies(writes.size(), Optional.empty()));
    for (Row row : rows) {
      int position = row.getInteger("n") - 1;
      results.set(position, Optional.of(result(row, writes.get(position))));
    }
    return results;
  }

  private static WriteResult result(Row row, ProfileWrite write) {
    Outcome outcome = Outcome.valueOf(row.getString("outcome"));
    return switch (outcome) {
      case CREATED -> with(outcome, row, PatchText.joined(write.patch(), write.missing().patch()));
      case EDITED, UNCHANGED -> with(outcome, row, PatchText.withKept(write.patch(), row));
      case EXISTS, STALE, ABSENT, TAKEN -> WriteResult.without(outcome);
    };
  }

  private static WriteResult with(Outcome outcome, Row row, Buffer document) {
    return new WriteResult(outcome, Optional.of(ProfileRow.of(row, document)));
  }
}
