package io.vitae.database;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;

/** Where statements on the data of a workspace are run: each by itself, or in a transaction. */
public interface Statements {
  /**
   * Runs one prepared statement on the data of one workspace (adr/0005).
   *
   * @param workspaceId the tenant
   * @param name what metrics call the statement
   * @param sql must compare {@code workspace_id} with {@code $1}, or insert it first
   * @param parameters the first of which must be the workspace
   * @return the rows
   * @throws IllegalArgumentException if the statement forgets the workspace or names another
   */
  Uni<RowSet<Row>> executeIn(long workspaceId, String name, String sql, Tuple parameters);
}
