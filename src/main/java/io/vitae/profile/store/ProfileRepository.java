package io.vitae.profile.store;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vitae.database.Batcher;
import io.vitae.database.Batchers;
import io.vitae.database.Database;
import io.vitae.profile.store.WriteResult.Outcome;
import jakarta.inject.Singleton;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Profiles in PostgreSQL. Writes, and reads by key or reference, share statements on the pool
 * (adr/0006); everything else is a Panache query or a statement of its own (adr/0002).
 */
@Singleton
public class ProfileRepository implements PanacheRepositoryBase<ProfileEntity, ProfileEntity.Key> {
  /**
   * How many reads share a statement, whose result is in memory as a whole: each profile of it may
   * have as many bytes as a body.
   */
  private static final int READS = 16;

  private final Database database;
  private final WordIndexStore words;
  private final Batcher<ProfileWrite, WriteResult> writes;
  private final Batcher<ReadBatch.Request, Optional<ProfileRow>> reads;

  ProfileRepository(Database database, Batchers batchers, WordIndexStore words) {
    this.database = database;
    this.words = words;
    this.writes =
        batchers.batcher("write_profiles", Integer.MAX_VALUE, new WriteBatch(database, words));
    this.reads = batchers.batcher("read_profiles", READS, new ReadBatch(database));
  }

  /**
   * Creates a profile, or merges a patch into it, as far as the write's permit goes. Writes of one
   * profile under one name are carried out in the order in which they came.
   *
   * @return what came of it; fails as {@link Batcher#submit} says, and with {@link
   *     io.vitae.database.ConstraintViolationException} when another write took the reference in
   *     the same moment
   */
  public Uni<WriteResult> write(ProfileWrite write) {
    return writes.submit(
        WriteBatch.lane(write),
        Optional.of(WriteBatch.identity(write)),
        write.patch().length(),
        write);
  }

  /**
   * Archives a profile or brings it back.
   *
   * @param archived the state wanted
   * @param versions the versions that it may have; empty for any
   * @return {@code EDITED}, {@code UNCHANGED}, {@code STALE} or {@code ABSENT}
   */
  public Uni<WriteResult> archive(
      long workspaceId,
      long sourceId,
      ProfileName name,
      boolean archived,
      Optional<List<Long>> versions,
      OffsetDateTime now,
      Optional<String> actor) {
    Tuple parameters =
        Tuple.tuple()
            .addLong(workspaceId)
            .addLong(sourceId)
            .addOffsetDateTime(now)
            .addString(actor.orElse(null))
            .addBoolean(archived)
            .addArrayOfLong(versions.map(list -> list.toArray(Long[]::new)).orElse(null));
    int first = parameters.size() + 1;
    name.values().forEach(parameters::addString);
    String sql = ProfileStatements.ARCHIVE.formatted(name.condition('$', first));
    return database
        .executeIn(workspaceId, "archive_profile", sql, parameters)
        .invoke(words::rowsWritten)
        .map(
            rows ->
                Database.stream(rows)
                    .findFirst()
                    .map(ProfileRepository::archived)
                    .orElse(WriteResult.without(Outcome.ABSENT)));
  }

  private static WriteResult archived(Row row) {
    Outcome outcome = Outcome.valueOf(row.getString("outcome"));
    return outcome == Outcome.STALE
        ? WriteResult.without(outcome)
        : new WriteResult(outcome, Optional.of(ProfileRow.of(row)));
  }

  /** The profile that a name means. */
  public Uni<Optional<ProfileRow>> find(long workspaceId, long sourceId, ProfileName name) {
    return ReadBatch.Request.of(workspaceId, sourceId, name)
        .map(request -> reads.submit(request.lane(), Optional.empty(), 0, request))
        .orElseGet(() -> query(workspaceId, sourceId, name));
  }

  private Uni<Optional<ProfileRow>> query(long workspaceId, long sourceId, ProfileName name) {
    List<Object> parameters = new ArrayList<>(List.of(workspaceId, sourceId));
    String query = "workspaceId = ?1 and sourceId = ?2 and " + name.condition('?', 3);
    parameters.addAll(name.values());
    Sort latest = Sort.descending("updatedAt", "number");
    return database.guard(
        "find_profile",
        () ->
            Panache.withSession(
                () ->
                    find(query, latest, parameters.toArray())
                        .page(0, 1)
                        .list()
                        .map(found -> found.stream().findFirst().map(ProfileEntity::toRow))));
  }
}
