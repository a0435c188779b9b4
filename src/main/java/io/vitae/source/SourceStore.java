package io.vitae.source;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vitae.database.Database;
import io.vitae.wire.Parameters.Page;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sources in PostgreSQL. */
@Singleton
class SourceStore {
  private static final String FIND =
      "SELECT " + SourceRow.COLUMNS + " FROM source AS s WHERE s.workspace_id = $1 AND s.key = $2";

  /** Count and page of one snapshot; a page past the end has one row, without a source. */
  private static final String LIST =
      """
      SELECT c.total, s.*
        FROM (SELECT count(*) AS total FROM source
               WHERE workspace_id = $1 AND ($2::text IS NULL OR position(lower($2) IN lower(name)) > 0)) AS c
        LEFT JOIN (SELECT\s"""
          + SourceRow.COLUMNS
          + """
                     FROM source AS s
                    WHERE s.workspace_id = $1 AND ($2::text IS NULL OR position(lower($2) IN lower(s.name)) > 0)
                    ORDER BY CASE WHEN $3 THEN s.created_at END, CASE WHEN NOT $3 THEN s.created_at END DESC, s.id
                    LIMIT $4 OFFSET $5) AS s ON true
      """;

  private static final String INSERT =
      """
      INSERT INTO source AS s (workspace_id, key, name, type, subtype, environment, default_consent)
      VALUES ($1, $2, $3, coalesce($4, 'api'), coalesce($5, 'http_api'), coalesce($6, 'production'), coalesce($7, 0))
      ON CONFLICT (workspace_id, key) DO NOTHING
      RETURNING\s"""
          + SourceRow.COLUMNS;

  private static final String UPDATE =
      """
      UPDATE source AS s
         SET name = coalesce($3, name), type = coalesce($4, type), subtype = coalesce($5, subtype),
             environment = coalesce($6, environment), default_consent = coalesce($7, default_consent),
             updated_at = now()
       WHERE workspace_id = $1 AND key = $2
      RETURNING\s"""
          + SourceRow.COLUMNS;

  private final Database database;

  SourceStore(Database database) {
    this.database = database;
  }

  /** The sources of a page, and how many there are on all pages. */
  record Listed(List<Source> sources, long total) {}

  Uni<Optional<Source>> find(long workspaceId, String key) {
    return database
        .executeIn(workspaceId, "find_source", FIND, Tuple.of(workspaceId, key))
        .map(SourceStore::first);
  }

  Uni<Listed> list(long workspaceId, Optional<String> name, boolean ascending, Page page) {
    Tuple parameters =
        Tuple.of(workspaceId, name.orElse(null), ascending, (long) page.limit(), page.offset());
    return database
        .executeIn(workspaceId, "list_sources", LIST, parameters)
        .map(
            rows -> {
              List<Source> sources = new ArrayList<>();
              long total = 0;
              for (Row row : rows) {
                total = row.getLong("total");
                if (row.getLong("source_id") != null) {
                  sources.add(SourceRow.of(row));
                }
              }
              return new Listed(sources, total);
            });
  }

  Uni<Optional<Source>> insertIfAbsent(long workspaceId, String key, SourceSettings settings) {
    return database
        .executeIn(workspaceId, "insert_source", INSERT, parameters(workspaceId, key, settings))
        .map(SourceStore::first);
  }

  Uni<Optional<Source>> update(long workspaceId, String key, SourceSettings settings) {
    return database
        .executeIn(workspaceId, "update_source", UPDATE, parameters(workspaceId, key, settings))
        .map(SourceStore::first);
  }

  private static Tuple parameters(long workspaceId, String key, SourceSettings settings) {
    return Tuple.tuple()
        .addLong(workspaceId)
        .addString(key)
        .addString(settings.name().orElse(null))
        .addString(settings.type().orElse(null))
        .addString(settings.subtype().orElse(null))
        .addString(settings.environment().orElse(null))
        .addShort(settings.defaultConsent().map(Integer::shortValue).orElse(null));
  }

  private static Optional<Source> first(RowSet<Row> rows) {
    return Database.stream(rows).findFirst().map(SourceRow::of);
  }
}
