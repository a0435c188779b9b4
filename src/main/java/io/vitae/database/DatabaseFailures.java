package io.vitae.database;

import io.vertx.core.VertxException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import io.vitae.wire.ApiException;
import io.vitae.wire.ErrorCode;
import io.vitae.wire.OutageLog;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * What a failure of the database means: the only place that knows SQLSTATE codes.
 *
 * @see <a href="https://www.postgresql.org/docs/17/errcodes-appendix.html">PostgreSQL error
 *     codes</a>
 */
final class DatabaseFailures {
  private static final Logger LOG = Logger.getLogger(Database.class);
  private static final OutageLog OUTAGES = new OutageLog(System::nanoTime);

  private static final String UNIQUE_VIOLATION = "23505";

  /**
   * Classes of failures that are no fault of the statement: connection, insufficient resources,
   * object not in state (lock timeout), operator intervention (shutdown, statement timeout), system
   * error.
   */
  private static final Set<String> TRANSIENT_CLASSES = Set.of("08", "53", "55", "57", "58");

  /** The class of transaction rollbacks: serialization failures and deadlocks. */
  private static final String ROLLBACK = "40";

  /** A write that met a standby, as after a failover. */
  private static final String READ_ONLY = "25006";

  private DatabaseFailures() {}

  /** Whether a write was refused because the server has become, or always was, a standby. */
  static boolean isOfStandby(Throwable failure) {
    return failure instanceof PgException refusal && READ_ONLY.equals(refusal.getSqlState());
  }

  static Throwable translate(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof PgException refusal) {
        return ofServer(refusal.getSqlState(), refusal.getConstraint());
      }
      // How Hibernate wraps the same; only its reads come this way, so there is no constraint to
      // name.
      if (cause instanceof SQLException refusal && refusal.getSQLState() != null) {
        return ofServer(refusal.getSQLState(), "unknown");
      }
      if (isLostConnection(cause)) {
        return unavailable(cause.getClass().getSimpleName());
      }
      if (cause instanceof NoStackTraceThrowable) {
        // The client's message about a parameter quotes its value.
        return new RefusedException("The client of the database refused a statement");
      }
    }
    return failure;
  }

  private static Throwable ofServer(String state, String constraint) {
    if (state.equals(UNIQUE_VIOLATION)) {
      return new ConstraintViolationException(constraint);
    }
    if (state.startsWith(ROLLBACK)) {
      LOG.warnf("Statement rolled back: SQLSTATE %s", state);
      return new RolledBackException();
    }
    if (state.equals(READ_ONLY) || TRANSIENT_CLASSES.contains(state.substring(0, 2))) {
      return unavailable("SQLSTATE " + state);
    }
    // The message and detail of a data error quote the row: only the code may reach a log.
    return new RefusedException("The database refused a statement: SQLSTATE " + state);
  }

  private static boolean isLostConnection(Throwable cause) {
    return cause instanceof IOException
        || cause instanceof TimeoutException
        || cause instanceof io.smallrye.mutiny.TimeoutException
        || cause instanceof ConnectionPoolTooBusyException
        || cause instanceof VertxException
        || saysNoConnection(cause);
  }

  /**
   * How the client says that no connection became free in time, or that the one it had broke
   * between being lent and being used. It has no type for either.
   */
  private static boolean saysNoConnection(Throwable cause) {
    String message = cause instanceof NoStackTraceThrowable ? cause.getMessage() : null;
    return message != null
        && (message.equals("Timeout")
            || message.startsWith("Connection is not active")
            || message.startsWith("Pending requests failed"));
  }

  private static ApiException unavailable(String reason) {
    OUTAGES.failed(reason).ifPresent(line -> LOG.warnf("Database unavailable: %s", line));
    return new ApiException(ErrorCode.UNAVAILABLE);
  }
}
