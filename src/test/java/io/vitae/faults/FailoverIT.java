package io.vitae.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitae.boot.DurablePostgres;
import io.vitae.boot.DurablePostgres.Stop;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The primary dies under load, its synchronous standby takes over under the same address: nothing
 * acknowledged is lost, and the service goes on by itself.
 */
@Timeout(600)
class FailoverIT {
  private static final Duration PROMISED = Duration.ofSeconds(5);

  @Test
  void thePrimaryDiesAndTheStandbyTakesOver() throws Exception {
    Fault fault = new Fault("failover to a synchronous standby");
    for (int i = 0; i < Fault.times(1, 5); i++) {
      failOver(fault);
    }
    fault.conclude();
  }

  /**
   * The old primary lives on and can only be read, and the connections to it stay open: the service
   * must leave it by itself.
   */
  @Test
  void aPrimaryThatIsNoneAnyMoreIsLeft() throws Exception {
    Fault.onlyInTheSuite();
    Fault fault = new Fault("old primary read-only (SQLSTATE 25006)");
    DurablePostgres primary = DurablePostgres.create();
    try (FaultSite site = FaultSite.open(primary, Map.of());
        DurablePostgres standby = primary.standby();
        NumberedWrites writes = NumberedWrites.start(site, fault, 4)) {
      writes.awaitFirst();
      Thread.sleep(500);
      fault.tried();
      site.network.redirect(standby.port());
      primary.sql("ALTER SYSTEM SET default_transaction_read_only = on");
      primary.sql("SELECT pg_reload_conf()");
      // Whatever was under way has been committed or refused, and has reached the standby.
      Thread.sleep(500);
      long promoted = System.nanoTime();
      standby.promote();
      writes.awaitRecovery();
      assertThat(Duration.ofNanos(System.nanoTime() - promoted)).isLessThan(PROMISED);
      writes.finish();
    }
    fault.conclude();
  }

  private static void failOver(Fault fault) throws Exception {
    DurablePostgres primary = DurablePostgres.create();
    try (FaultSite site = FaultSite.open(primary, Map.of());
        DurablePostgres standby = primary.standby();
        NumberedWrites writes = NumberedWrites.start(site, fault, 4)) {
      writes.awaitFirst();
      Thread.sleep(500);
      fault.tried();
      primary.stop(Stop.KILL);
      standby.promote();
      long promoted = System.nanoTime();
      site.network.retarget(standby.port());
      writes.awaitRecovery();
      assertThat(Duration.ofNanos(System.nanoTime() - promoted)).isLessThan(PROMISED);
      writes.finish();
    }
  }
}
