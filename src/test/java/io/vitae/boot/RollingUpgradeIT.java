package io.vitae.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitae.testing.Eventually;
import io.vitae.testing.PackagedApp;
import io.vitae.testing.SteadyWriter;
import io.vitae.testing.TestWorkspace;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One instance is replaced by another while clients write: they notice nothing. */
@Timeout(120)
class RollingUpgradeIT {
  private static final int CLIENTS = 4;
  private static final String KEY = "ask_" + TestWorkspace.hex(32);
  private static final String SOURCE = TestWorkspace.hex(40);

  @Test
  void noRequestFailsAndNoWriteIsLost() throws Exception {
    try (EmbeddedPostgres database = EmbeddedPostgres.start();
        PackagedApp old = PackagedApp.start(environment(database)).awaitReady()) {
      AtomicReference<URI> endpoint = new AtomicReference<>(old.api("/"));
      SteadyWriter writer = SteadyWriter.start(CLIENTS, KEY, SOURCE, endpoint::get);
      try (writer;
          PackagedApp next = PackagedApp.start(environment(database)).awaitReady()) {
        Eventually.await("the old one is written to", () -> writer.count() > 100);
        old.terminate();
        // As in a cluster, everybody goes on sending to the old one until its unreadiness is
        // noticed.
        Eventually.await("it is not ready", () -> old.health("ready") == 503);
        int before = writer.count();
        Eventually.await("it is written to all the same", () -> writer.count() > before + 20);
        endpoint.set(next.api("/"));

        assertThat(old.exitCode()).isZero();
        int after = writer.count();
        Eventually.await("the new one is written to", () -> writer.count() > after + 100);
        writer.close();
      }
      assertThat(writer.failures()).isEmpty();
      try (Connection connection =
          DriverManager.getConnection(
              database.jdbcUrl(), database.username(), database.password())) {
        assertThat(SteadyWriter.stored(connection))
            .hasSize(CLIENTS)
            .isEqualTo(writer.acknowledged());
      }
    }
  }

  private static Map<String, String> environment(EmbeddedPostgres database) {
    Map<String, String> environment = PackagedApp.migrating(database);
    environment.put("QUARKUS_SHUTDOWN_DELAY", "2S");
    return PackagedApp.bootstrapping(environment, KEY, SOURCE);
  }
}
