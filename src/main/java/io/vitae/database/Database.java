package io.vitae.database;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Transaction;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vitae.observe.Observation;
import io.vitae.observe.Observer;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The one way to PostgreSQL: every statement of the request path is measured here, bounded in time,
 * and has its failures translated.
 */
@Singleton
public class Database implements Statements {
  /**
   * Begins a statement whose plan should depend on the values of its parameters, and of which there
   * are many texts. It is not kept prepared: after five executions PostgreSQL would plan it for any
   * value, and it would drive the statements that are always the same from their cache.
   */
  public static final String PLANNED_ANEW = "/* planned anew */ ";

  /**
   * What sessions tell PostgreSQL's planner, unless {@code additional-properties} of the data
   * source tell it something else. Each statement of Vitae has an index for what it asks. Left to
   * itself, the planner reads the whole table for a word that most profiles have, and fetches the
   * words of each from outside of its row, which it takes to cost nothing. The places of a million
   * profiles take 6 MB; without that much, it remembers their pages only, and asks all rows on them
   * again. Compiling a statement takes longer than it saves.
   */
  public static final Map<String, String> PLANNING =
      Map.of("enable_seqscan", "off", "work_mem", "32MB", "jit", "off");

  private final Pool pool;
  private final Observer observer;
  private final DatabaseConfig config;

  Database(Pool pool, Observer observer, DatabaseConfig config) {
    this.pool = pool;
    this.observer = observer;
    this.config = config;
  }

  /**
   * Runs one prepared statement in its own transaction.
   *
   * @param name what metrics call the statement
   * @param sql with {@code $1} … for the members of {@code parameters}
   * @return the rows; fails as {@link #guard} says
   */
  public Uni<RowSet<Row>> execute(String name, String sql, Tuple parameters) {
    // Not on the pool itself: its own way to run a query forgets the timer of the acquisition when
    // there is no connection to be had, and logs an error with a stack when that fires.
    return guard(
        name,
        () ->
            pool.withConnection(
                connection ->
                    connection
                        .preparedQuery(sql)
                        .execute(parameters)
                        .onFailure(DatabaseFailures::isOfStandby)
                        .call(() -> leave(connection))));
  }

  /**
   * Has the server end a session that can only read, because the pool has no way to give up a
   * connection: it would come back to a primary that is none any more for half an hour.
   */
  private static Uni<?> leave(SqlConnection connection) {
    return connection
        .query("SELECT pg_terminate_backend(pg_backend_pid())")
        .execute()
        .onFailure()
        .recoverWithNull();
  }

  /**
   * Runs one prepared statement on the data of one workspace, in its own transaction.
   *
   * @return the rows; fails as {@link #guard} says
   */
  @Override
  public Uni<RowSet<Row>> executeIn(long workspaceId, String name, String sql, Tuple parameters) {
    requireWorkspace(workspaceId, name, sql, parameters);
    return execute(name, sql, parameters);
  }

  /**
   * Runs statements in one transaction, whose locks are held until its end: for work that cannot be
   * one statement.
   *
   * <p>Nothing but the statements may be waited for meanwhile. Should the service vanish in the
   * middle, the server undoes the transaction as soon as it notices, and after {@code
   * vitae.database.timeout} without a word at the latest.
   *
   * @param name what metrics call all of it
   * @param work the statements; when it fails, all of them are undone
   * @param commits whether to commit, by what came of the work; otherwise all of it is undone
   * @return what came of the work, after the end of the transaction; fails as {@link #guard} says
   */
  public <T> Uni<T> transact(String name, Function<Statements, Uni<T>> work, Predicate<T> commits) {
    return guard(
        name,
        () ->
            pool.withConnection(
                connection ->
                    connection
                        .begin()
                        .chain(transaction -> inside(connection, transaction, work, commits))
                        .onFailure(DatabaseFailures::isOfStandby)
                        .call(() -> leave(connection))));
  }

  private static <T> Uni<T> inside(
      SqlConnection connection,
      Transaction transaction,
      Function<Statements, Uni<T>> work,
      Predicate<T> commits) {
    return Uni.createFrom()
        .deferred(() -> work.apply(new TransactionStatements(connection)))
        .onItemOrFailure()
        .call(
            (item, failure) ->
                failure == null && commits.test(item)
                    ? transaction.commit()
                    : transaction.rollback().onFailure().recoverWithNull());
  }

  /**
   * Makes sure that a statement keeps to its workspace.
   *
   * @throws IllegalArgumentException if it forgets the workspace or names another
   */
  static void requireWorkspace(long workspaceId, String name, String sql, Tuple parameters) {
    boolean names = sql.contains("workspace_id = $1") || sql.contains("VALUES ($1,");
    if (!names || parameters.size() == 0 || !parameters.getValue(0).equals(workspaceId)) {
      throw new IllegalArgumentException("A statement forgets its workspace: " + name);
    }
  }

  /**
   * Measures and bounds work that reaches the database by another way, such as a Hibernate session.
   *
   * <p>The work always runs to its end, even when the client has gone or the time is up: Hibernate
   * Reactive and the pool can lose a connection when whoever waits for one cancels.
   *
   * @return fails with {@link ConstraintViolationException} when the database refused a value, with
   *     {@link io.vitae.wire.ErrorCode#UNAVAILABLE} when the database cannot be reached, is
   *     overloaded, or took longer than {@code vitae.database.timeout}
   */
  public <T> Uni<T> guard(String name, Supplier<Uni<T>> work) {
    return Uni.createFrom()
        .deferred(
            () -> {
              long start = System.nanoTime();
              return uncancellable(work)
                  .ifNoItem()
                  .after(config.timeout())
                  .fail()
                  .onFailure()
                  .transform(DatabaseFailures::translate)
                  .onItemOrFailure()
                  .invoke(
                      (item, failure) ->
                          observer.observe(
                              new Observation.DatabaseCall(
                                  name, failure == null, System.nanoTime() - start)));
            });
  }

  private static <T> Uni<T> uncancellable(Supplier<Uni<T>> work) {
    return Uni.createFrom()
        .emitter(emitter -> work.get().subscribe().with(emitter::complete, emitter::fail));
  }

  /** The rows of a result, in order. */
  public static Stream<Row> stream(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false);
  }
}
