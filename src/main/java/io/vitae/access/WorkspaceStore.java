package io.vitae.access;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vitae.database.Database;
import jakarta.enterprise.context.ApplicationScoped;

/** Workspaces in PostgreSQL. */
@ApplicationScoped
class WorkspaceStore {
  private static final String INSERT_IF_ABSENT =
      """
      INSERT INTO workspace (name, subdomain)
      VALUES ($1, $2)
      ON CONFLICT (name) DO NOTHING
      """;

  private static final String FIND = "SELECT id FROM workspace WHERE name = $1";

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
}
