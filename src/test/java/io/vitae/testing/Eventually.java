package io.vitae.testing;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what another process does, by looking again until a deadline. */
public final class Eventually {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Duration INTERVAL = Duration.ofMillis(20);

  private Eventually() {}

  /** Returns once the condition holds; fails when it does not within 30 seconds. */
  public static void await(String description, BooleanSupplier condition)
      throws InterruptedException {
    long deadline = System.nanoTime() + TIMEOUT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("not within " + TIMEOUT + ": " + description);
      }
      Thread.sleep(INTERVAL.toMillis());
    }
  }
}
