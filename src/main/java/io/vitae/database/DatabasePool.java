package io.vitae.database;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.core.Future;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Sets the limits of the connection pool that Quarkus has no property for. */
@Singleton
class DatabasePool implements PgPoolCreator {
  /** Statements kept prepared on each connection; Vitae has about a dozen. */
  private static final int PREPARED_STATEMENTS = 64;

  private static final Logger LOG = Logger.getLogger(DatabasePool.class);

  private final DatabaseConfig config;

  DatabasePool(DatabaseConfig config) {
    this.config = config;
  }

  @Override
  public Pool create(Input input) {
    PoolOptions options =
        input
            .poolOptions()
            .setConnectionTimeout(Math.toIntExact(config.acquireTimeout().toMillis()))
            .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS)
            .setMaxWaitQueueSize(config.maxWaiting());
    for (PgConnectOptions server : input.pgConnectOptionsList()) {
      server.setConnectTimeout(Math.toIntExact(config.connectTimeout().toMillis()));
      server.setPreparedStatementCacheMaxSize(PREPARED_STATEMENTS);
      server.setPreparedStatementCacheSqlFilter(sql -> !sql.startsWith(Database.PLANNED_ANEW));
      server.setTcpKeepAlive(true);
      // When nobody waits for a statement any more, the server stops working on it, too.
      String patience = Long.toString(config.timeout().toMillis());
      server.addProperty("statement_timeout", patience);
      // Nor does it keep locks for a transaction whose service has gone without a word.
      server.addProperty("idle_in_transaction_session_timeout", patience);
      Database.PLANNING.forEach(server.getProperties()::putIfAbsent);
    }
    Pool pool =
        PgBuilder.pool()
            .with(options)
            .connectingTo(List.<SqlConnectOptions>copyOf(input.pgConnectOptionsList()))
            .using(input.vertx())
            .build();
    openFirst(pool);
    return pool;
  }

  /**
   * Opens the connection that the start needs while Hibernate starts, which comes next: the proof
   * of the password is slow to make on purpose. Who needs the connection finds out what became of
   * it.
   */
  private static void openFirst(Pool pool) {
    pool.withConnection(ignored -> Future.succeededFuture())
        .onFailure(failure -> LOG.debug("No first connection yet", failure));
  }
}
