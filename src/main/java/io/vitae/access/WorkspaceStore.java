package io.vitae.access;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vitae.database.Database;
import jakarta.inject.Singleton;

/** Workspaces in PostgreSQL. */
@Singleton
class WorkspaceStore {
  private static final String INSERT_IF_ABSENT =
      """
      INSERT INTO workspace (name, subdomain)
      VALUES ($1, $2)
      ON CONFLICT (name) DO NOTHING
      """;

  private static final String FIND = "SELECT id FROM workspace WHERE name = $1";

  private static final String GET = "SELECT name, subdomain FROM workspace WHERE id = $1";

  private final Database database;

  WorkspaceStore(Database database) {
    this.database = database;
  }

  Uni<Long> insertIfAbsent(String name, String subdomain) {
    return database
        .execute("insert_workspace", INSERT_IF_ABSENT, Tuple.of(name, subdomain))
        .chain(() -> database.execute("find_workspace", FIND, Tuple.of(name)))
        .map(rows -> rows.iterator().next().getLong("id"));
  }

  Uni<Workspaces.Workspace> get(long id) {
    return database
        .execute("get_workspace", GET, Tuple.of(id))
        .map(
            rows -> {
              Row row = rows.iterator().next();
              return new Workspaces.Workspace(row.getString("name"), row.getString("subdomain"));
            });
  }
}
