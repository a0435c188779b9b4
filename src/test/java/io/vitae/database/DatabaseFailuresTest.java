package io.vitae.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import io.vitae.wire.ApiException;
import io.vitae.wire.ErrorCode;
import java.io.IOException;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseFailuresTest {

  static Stream<Throwable> outages() {
    return Stream.of(
        new io.smallrye.mutiny.TimeoutException(),
        new java.util.concurrent.TimeoutException(),
        new IOException("reset"),
        new VertxException("closed", true),
        new NoStackTraceThrowable("Timeout"),
        // As met when a connection is reset between being lent and being used.
        new NoStackTraceThrowable("Connection is not active now, current status: CLOSED"),
        new NoStackTraceThrowable(
            "Pending requests failed to be sent due to connection has been closed."),
        new RuntimeException(new IOException("reset")),
        new RuntimeException(new SQLException("secret", "57014")));
  }

  @ParameterizedTest
  @MethodSource("outages")
  void aDatabaseThatDoesNotAnswerIsUnavailable(Throwable failure) {
    assertUnavailable(DatabaseFailures.translate(failure));
  }

  @ParameterizedTest
  @ValueSource(strings = {"08006", "25006", "40001", "40P01", "53300", "55P03", "57014", "57P01"})
  void soIsOneThatAsksToComeAgain(String state) {
    assertUnavailable(DatabaseFailures.translate(refusal(state)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"40001", "40P01"})
  void whatWasRolledBackMayBeTriedAgain(String state) {
    assertThat(DatabaseFailures.translate(refusal(state))).isInstanceOf(RolledBackException.class);
  }

  @Test
  void aUniqueViolationNamesItsConstraint() {
    assertThat(DatabaseFailures.translate(refusal("23505")))
        .isInstanceOfSatisfying(
            ConstraintViolationException.class,
            e -> assertThat(e.constraint()).isEqualTo("profile_reference"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"22P05", "23514", "42703", "25001"})
  void anythingElseIsOurFaultAndQuotesNothing(String state) {
    assertThat(DatabaseFailures.translate(refusal(state)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(state)
        .hasMessageNotContaining("secret")
        .hasNoCause();
  }

  private static PgException refusal(String state) {
    return new PgException(
        "secret",
        "ERROR",
        state,
        "secret",
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        "profile_reference");
  }

  private static void assertUnavailable(Throwable translated) {
    assertThat(translated)
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
  }
}
