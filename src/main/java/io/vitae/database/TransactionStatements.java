package io.vitae.database;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

/** The statements of one transaction, which is measured and has its failures translated as one. */
final class TransactionStatements implements Statements {
  private final SqlConnection connection;

  TransactionStatements(SqlConnection connection) {
    this.connection = connection;
  }

  @Override
  public Uni<RowSet<Row>> executeIn(long workspaceId, String name, String sql, Tuple parameters) {
    Database.requireWorkspace(workspaceId, name, sql, parameters);
    return connection.preparedQuery(sql).execute(parameters);
  }
}
