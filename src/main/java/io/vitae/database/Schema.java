package io.vitae.database;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.lang.module.ModuleDescriptor.Version;
import java.util.Optional;

/** The schema that the database has, beside the one that this code was written for. */
@Singleton
public class Schema {
  /** The newest migration in {@code db/migration}. */
  public static final String VERSION = "11";

  private static final String APPLIED =
      """
      SELECT version
        FROM flyway_schema_history
       WHERE success AND version IS NOT NULL
       ORDER BY installed_rank DESC
       LIMIT 1
      """;

  private static final String HISTORY =
      "SELECT to_regclass('flyway_schema_history') IS NOT NULL AS present";

  private static final String COMPRESSION =
      """
      SELECT CASE attcompression WHEN 'l' THEN 'lz4' ELSE 'pglz' END AS compression
        FROM pg_attribute
       WHERE attrelid = 'profile'::regclass AND attname = 'document'
      """;

  /**
   * A role under row security sees no row at all unless the policy for members of vitae_service is
   * its own.
   */
  private static final String BLIND =
      """
      SELECT row_security_active('profile') AND NOT coalesce(
                 (SELECT pg_has_role(oid, 'USAGE') FROM pg_roles WHERE rolname = 'vitae_service'), false) AS blind
      """;

  private final Database database;

  Schema(Database database) {
    this.database = database;
  }

  /** The version of the last migration that succeeded; empty when there was none. */
  public Uni<Optional<String>> applied() {
    return database
        .execute("find_schema_version", APPLIED, Tuple.tuple())
        .map(rows -> Database.stream(rows).findFirst().map(row -> row.getString("version")))
        .onFailure(IllegalStateException.class)
        .recoverWithUni(this::nothingApplied);
  }

  /** The failure stands, unless it was that there is no history to read. */
  private Uni<Optional<String>> nothingApplied(Throwable failure) {
    return database
        .execute("find_schema_history", HISTORY, Tuple.tuple())
        .chain(
            rows ->
                rows.iterator().next().getBoolean("present")
                    ? Uni.createFrom().failure(failure)
                    : Uni.createFrom().item(Optional.empty()));
  }

  /**
   * Makes sure that the database has the schema that this code was written for.
   *
   * @return fails with an {@link IllegalStateException} that says what to do
   */
  public Uni<Void> requireVersion() {
    return applied()
        .invoke(
            version ->
                objection(version)
                    .ifPresent(
                        objection -> {
                          throw new IllegalStateException(objection);
                        }))
        .replaceWithVoid();
  }

  /** What to do about a schema that this code was not written for; empty when it was. */
  public static Optional<String> objection(Optional<String> applied) {
    if (applied.isEmpty()) {
      return Optional.of("the database has no schema: run vitae migrate");
    }
    int order = compare(applied.get());
    if (order == 0) {
      return Optional.empty();
    }
    return Optional.of(
        "the database has schema %s and this version of Vitae needs %s: %s"
            .formatted(
                applied.get(),
                VERSION,
                order < 0 ? "run vitae migrate" : "run the version of Vitae that migrated it"));
  }

  /** Whether a schema is newer than the one that this code was written for. */
  static boolean isNewer(String applied) {
    return compare(applied) > 0;
  }

  private static int compare(String applied) {
    return Version.parse(applied).compareTo(Version.parse(VERSION));
  }

  /** How documents are compressed: {@code lz4}, or {@code pglz} on a server built without it. */
  public Uni<String> compression() {
    return database
        .execute("find_compression", COMPRESSION, Tuple.tuple())
        .map(rows -> rows.iterator().next().getString("compression"));
  }

  /**
   * Makes sure that row security does not hide everything from the service (adr/0005).
   *
   * @return fails with an {@link IllegalStateException} that says what to do
   */
  public Uni<Void> requireSight() {
    return database
        .execute("find_row_security", BLIND, Tuple.tuple())
        .invoke(
            rows -> {
              if (rows.iterator().next().getBoolean("blind")) {
                throw new IllegalStateException(
                    "the database role sees no profiles: make it a member of vitae_service");
              }
            })
        .replaceWithVoid();
  }
}
