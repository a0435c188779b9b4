package io.vitae.source;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vitae.database.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Sources in PostgreSQL. */
@ApplicationScoped
class SourceStore {
  private static final String FIND =
      """
      SELECT id, key, name, type, subtype, environment
        FROM source
       WHERE workspace_id = $1 AND key = $2
      """;

  private static final String INSERT_IF_ABSENT =
      """
      INSERT INTO source (workspace_id, key, name)
      VALUES ($1, $2, $3)
      ON CONFLICT (workspace_id, key) DO NOTHING
      """;

  private final Database database;

  SourceStore(Database database) {
    this.database = database;
  }

  Uni<Optional<Source>> find(long workspaceId, String key) {
    return database
        .execute("find_source", FIND, Tuple.of(workspaceId, key))
        .map(
            rows -> {
              for (Row row : rows) {
                return Optional.of(toSource(row));
              }
              return Optional.empty();
            });
  }

  Uni<Boolean> insertIfAbsent(long workspaceId, String key, String name) {
    return database
        .execute("insert_source", INSERT_IF_ABSENT, Tuple.of(workspaceId, key, name))
        .map(rows -> rows.rowCount() == 1);
  }

  private static Source toSource(Row row) {
    return new Source(
        row.getLong("id"),
        row.getString("key"),
        row.getString("name"),
        row.getString("type"),
        row.getString("subtype"),
        row.getString("environment"));
  }
}
