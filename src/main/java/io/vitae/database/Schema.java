package io.vitae.database;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** The schema that the database has, beside the one that this code was written for. */
@ApplicationScoped
public class Schema {
  /** The newest migration in {@code db/migration}. */
  public static final String VERSION = "4";

  private static final String APPLIED =
      """
      SELECT version
        FROM flyway_schema_history
       WHERE success AND version IS NOT NULL
       ORDER BY installed_rank DESC
       LIMIT 1
      """;

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

  /** The version of the last migration that succeeded; fails when there is no history of any. */
  public Uni<Optional<String>> applied() {
    return database
        .execute("find_schema_version", APPLIED, Tuple.tuple())
        .map(rows -> Database.stream(rows).findFirst().map(row -> row.getString("version")));
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
