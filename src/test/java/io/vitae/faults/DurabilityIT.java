package io.vitae.faults;

import io.vitae.boot.DurablePostgres.Stop;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Acknowledged means durable: whatever is killed, at whatever moment, every write that was answered
 * with a success is there afterwards, whole, and no reader ever sees an older one.
 */
@Timeout(600)
class DurabilityIT {
  private static final int CLIENTS = 8;

  private final Random random = new Random();

  @Test
  void aKilledServiceLosesNothing() throws Exception {
    Fault fault = new Fault("service killed (SIGKILL)");
    try (FaultSite site = FaultSite.open();
        NumberedWrites writes = NumberedWrites.start(site, fault, CLIENTS)) {
      for (int i = 0; i < Fault.times(1, 20); i++) {
        aRandomWhile();
        fault.tried();
        site.killApp();
        site.startApp();
        writes.awaitRecovery();
      }
      writes.finish();
    }
    fault.conclude();
  }

  @Test
  void aKilledDatabaseLosesNothing() throws Exception {
    try (FaultSite site = FaultSite.open()) {
      stopDatabase(site, new Fault("PostgreSQL killed (SIGKILL)"), Stop.KILL, Fault.times(1, 15));
      stopDatabase(
          site, new Fault("PostgreSQL stopped (immediate)"), Stop.IMMEDIATE, Fault.times(1, 15));
    }
  }

  private void stopDatabase(FaultSite site, Fault fault, Stop how, int times) throws Exception {
    try (NumberedWrites writes = NumberedWrites.start(site, fault, CLIENTS)) {
      for (int i = 0; i < times; i++) {
        aRandomWhile();
        fault.tried();
        site.database.stop(how);
        site.database.start();
        writes.awaitRecovery();
      }
      writes.finish();
    }
    fault.conclude();
  }

  /** Random, so that over many runs the fault meets every moment of a write. */
  private void aRandomWhile() throws InterruptedException {
    Thread.sleep(random.nextInt(50, 800));
  }
}
