package io.vitae.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vitae.testing.PostgresResource;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the service's sessions tell PostgreSQL. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class DatabasePoolQuarkusTest {
  @Inject Pool pool;

  @Test
  void sessionsTellHowToPlan() {
    assertThat(setting("enable_seqscan")).isEqualTo("off");
    assertThat(setting("work_mem")).isEqualTo("32MB");
    assertThat(setting("jit")).isEqualTo("off");
  }

  @Test
  void statementsAndTransactionsEndWhenNobodyWaits() {
    assertThat(setting("statement_timeout")).isEqualTo("5s");
    assertThat(setting("idle_in_transaction_session_timeout")).isEqualTo("5s");
  }

  private String setting(String name) {
    return pool.query("SHOW " + name)
        .execute()
        .map(rows -> rows.iterator().next().getString(0))
        .await()
        .atMost(Duration.ofSeconds(10));
  }
}
