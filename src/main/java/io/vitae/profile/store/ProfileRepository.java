package io.vitae.profile.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vitae.database.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Profiles in PostgreSQL. Reads are Panache queries; a write is one statement on the same pool,
 * because the merge has to happen in the database (adr/0002).
 *
 * <p>Writes that meet a reference or key that is taken fail with {@link
 * io.vitae.database.ConstraintViolationException}.
 */
@ApplicationScoped
public class ProfileRepository implements PanacheRepositoryBase<ProfileEntity, ProfileEntity.Key> {
  private final Database database;

  ProfileRepository(Database database) {
    this.database = database;
  }

  /**
   * The state after a write.
   *
   * @param created whether the write made the profile
   */
  public record Written(ProfileRow row, boolean created) {}

  /** Creates the profile, or merges the patch into it. */
  public Uni<Written> upsert(ProfileWrite write) {
    String sql =
        write.byReference()
            ? ProfileStatements.UPSERT_BY_REFERENCE
            : ProfileStatements.UPSERT_BY_KEY;
    return write(write.workspaceId(), "upsert_profile", sql, forInsert(write))
        .chain(written -> written.isPresent() ? Uni.createFrom().item(written) : unchanged(write))
        .map(Optional::orElseThrow);
  }

  /**
   * Merges the patch into a profile that exists already.
   *
   * @param versions the versions that it may have; empty for any
   * @return empty when there is no such profile or it has another version, or it is as wanted
   *     already: {@link #find} tells
   */
  public Uni<Optional<Written>> update(ProfileWrite write, Optional<List<Long>> versions) {
    Tuple parameters = common(write).addArrayOfLong(array(versions));
    return write.byReference()
        ? write(
            write.workspaceId(),
            "update_profile",
            ProfileStatements.UPDATE_BY_REFERENCE,
            parameters)
        : write(
            write.workspaceId(),
            "update_profile",
            ProfileStatements.UPDATE_BY_KEY,
            parameters.addString(write.key()));
  }

  /** Creates a profile. */
  public Uni<Written> insert(ProfileWrite write) {
    return write(write.workspaceId(), "insert_profile", ProfileStatements.INSERT, forInsert(write))
        .map(Optional::orElseThrow);
  }

  /**
   * Creates a profile unless there is one with its key or reference.
   *
   * @return empty when there is
   */
  public Uni<Optional<Written>> insertIfAbsent(ProfileWrite write) {
    return write(
        write.workspaceId(),
        "insert_profile",
        ProfileStatements.INSERT_IF_ABSENT,
        forInsert(write));
  }

  /**
   * Archives a profile or brings it back.
   *
   * @param archived the state wanted
   * @param versions the versions that it may have; empty for any
   * @return empty when there is no such profile or it has another version, or it is as wanted
   *     already: {@link #find} tells
   */
  public Uni<Optional<Written>> archive(
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
            .addArrayOfLong(array(versions));
    int first = parameters.size() + 1;
    name.values().forEach(parameters::addString);
    String sql = ProfileStatements.ARCHIVE.formatted(name.condition('$', first));
    return write(workspaceId, "archive_profile", sql, parameters);
  }

  /** The profile that a name means. */
  public Uni<Optional<ProfileRow>> find(long workspaceId, long sourceId, ProfileName name) {
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

  /** An upsert returns no row when it found the profile as wanted already. */
  private Uni<Optional<Written>> unchanged(ProfileWrite write) {
    return find(write.workspaceId(), write.sourceId(), write.name())
        .map(found -> found.map(row -> new Written(row, false)));
  }

  private Uni<Optional<Written>> write(
      long workspaceId, String name, String sql, Tuple parameters) {
    return database
        .executeIn(workspaceId, name, sql, parameters)
        .map(
            rows ->
                Database.stream(rows)
                    .findFirst()
                    .map(row -> new Written(ProfileRow.of(row), row.getBoolean("created"))));
  }

  private static Tuple forInsert(ProfileWrite write) {
    return common(write).addString(write.key()).addValue(jsonb(write.missing()));
  }

  private static Tuple common(ProfileWrite write) {
    return Tuple.tuple()
        .addLong(write.workspaceId())
        .addLong(write.sourceId())
        .addValue(jsonb(write.patch()))
        .addOffsetDateTime(write.now())
        .addOffsetDateTime(write.createdAt().orElse(null))
        .addString(write.actor().orElse(null))
        .addString(write.reference())
        .addBoolean(write.referenceGiven())
        .addValue(jsonb(write.shownConsent()));
  }

  private static Long[] array(Optional<List<Long>> versions) {
    return versions.map(list -> list.toArray(Long[]::new)).orElse(null);
  }

  /**
   * A tree as the client takes a {@code jsonb} parameter. It is written straight into the message:
   * text would be stored as a JSON string, and a cast in the statement would parse it again
   * wherever the parameter is used.
   */
  private static JsonObject jsonb(ObjectNode tree) {
    Map<String, Object> members = new LinkedHashMap<>();
    tree.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
    return new JsonObject(members);
  }
}
