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
