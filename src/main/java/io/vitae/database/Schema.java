package io.vitae.database;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** The schema that the database has, beside the one that this code was written for. */
@ApplicationScoped
public class Schema {
  /** The newest migration in {@code db/migration}. */
  public static final String VERSION = "2";

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
}
