package io.vitae.profile.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vitae.database.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Profiles in PostgreSQL. Reads are Panache queries; a write is one statement on the same pool,
 * because the merge has to happen in the database (adr/0002).
 */
@ApplicationScoped
public class ProfileRepository implements PanacheRepositoryBase<ProfileEntity, ProfileEntity.Key> {
  /** The unique constraint that a reference in use violates. */
  public static final String REFERENCE_CONSTRAINT = "profile_reference";

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

  /**
   * Creates the profile, or merges the patch into it.
   *
   * @return fails with {@link io.vitae.database.ConstraintViolationException} when the reference
   *     belongs to another profile
   */
  public Uni<Written> upsert(ProfileWrite write) {
    String sql =
        write.byReference()
            ? ProfileStatements.UPSERT_BY_REFERENCE
            : ProfileStatements.UPSERT_BY_KEY;
    return write("upsert_profile", sql, parameters(write).addValue(jsonb(write.missing())))
        .chain(written -> orUnchanged(written, write))
        .map(Optional::orElseThrow);
  }

  /**
   * Merges the patch into a profile that exists already.
   *
   * @return empty when there is no such profile; fails like {@link #upsert}
   */
  public Uni<Optional<Written>> update(ProfileWrite write) {
    Uni<Optional<Written>> result;
    if (write.byReference()) {
      Tuple parameters = common(write);
      result = write("update_profile", ProfileStatements.UPDATE_BY_REFERENCE, parameters);
    } else {
      result = write("update_profile", ProfileStatements.UPDATE_BY_KEY, parameters(write));
    }
    return result.chain(written -> orUnchanged(written, write));
  }

  /**
   * Creates a profile.
   *
   * @return fails with {@link io.vitae.database.ConstraintViolationException} when the reference is
   *     taken
   */
  public Uni<ProfileRow> insert(ProfileWrite write) {
    Tuple parameters = parameters(write).addValue(jsonb(write.missing()));
    return write("insert_profile", ProfileStatements.INSERT, parameters)
        .map(written -> written.orElseThrow().row());
  }

  /**
   * The profile that all the given identifiers name; of several with one e-mail address, the last
   * one changed.
   *
   * @param email in any case
   */
  public Uni<Optional<ProfileRow>> find(
      long workspaceId,
      long sourceId,
      Optional<String> key,
      Optional<String> reference,
      Optional<String> email) {
    StringBuilder where = new StringBuilder("workspaceId = :workspace and sourceId = :source");
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("workspace", workspaceId);
    parameters.put("source", sourceId);
    key.ifPresent(
        value -> {
          where.append(" and key = :key");
          parameters.put("key", value);
        });
    reference.ifPresent(
        value -> {
          where.append(" and reference = :reference");
          parameters.put("reference", value);
        });
    email.ifPresent(
        value -> {
          where.append(" and email = lower(:email)");
          parameters.put("email", value);
        });
    Sort latest = Sort.descending("updatedAt", "number");
    return database.guard(
        "find_profile",
        () ->
            Panache.withSession(
                () ->
                    find(where.toString(), latest, parameters)
                        .page(0, 1)
                        .list()
                        .map(found -> found.stream().findFirst().map(ProfileEntity::toRow))));
  }

  private Uni<Optional<Written>> write(String name, String sql, Tuple parameters) {
    return database
        .execute(name, sql, parameters)
        .map(
            rows -> {
              for (Row row : rows) {
                return Optional.of(new Written(toRow(row), row.getBoolean("created")));
              }
              return Optional.empty();
            });
  }

  /**
   * A write returns no row when it found the profile as wanted already, or, unless it creates, not
   * at all.
   */
  private Uni<Optional<Written>> orUnchanged(Optional<Written> written, ProfileWrite write) {
    if (written.isPresent()) {
      return Uni.createFrom().item(written);
    }
    Optional<String> key = write.byReference() ? Optional.empty() : Optional.of(write.key());
    Optional<String> reference =
        write.byReference() ? Optional.of(write.reference()) : Optional.empty();
    return find(write.workspaceId(), write.sourceId(), key, reference, Optional.empty())
        .map(found -> found.map(row -> new Written(row, false)));
  }

  private static Tuple parameters(ProfileWrite write) {
    return common(write).addString(write.key());
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
        .addBoolean(write.referenceGiven());
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

  private static ProfileRow toRow(Row row) {
    return new ProfileRow(
        row.getLong("id"),
        row.getString("key"),
        row.getString("reference"),
        row.getLong("version"),
        row.getOffsetDateTime("updated_at"),
        row.getOffsetDateTime("archived_at"),
        row.getBoolean("consent_stated"),
        row.getString("document"));
  }
}
