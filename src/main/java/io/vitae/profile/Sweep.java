package io.vitae.profile;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Work that is done again and again, never twice at once. What fails has been counted with its
 * statement, and is left to the next time.
 */
final class Sweep {
  private final Vertx vertx;
  private final Supplier<Uni<?>> work;
  private final AtomicBoolean working = new AtomicBoolean();
  private final long timer;

  /**
   * Begins after the first pause.
   *
   * @param pause from one look to the next; one that finds the work still being done passes
   */
  Sweep(Duration pause, Vertx vertx, Supplier<Uni<?>> work) {
    this.vertx = vertx;
    this.work = work;
    this.timer = vertx.setPeriodic(pause.toMillis(), ignored -> sweep());
  }

  /** What has begun is still done. */
  void stop() {
    vertx.cancelTimer(timer);
  }

  private void sweep() {
    if (working.compareAndSet(false, true)) {
      work.get()
          .onTermination()
          .invoke(() -> working.set(false))
          .subscribe()
          .with(done -> {}, failure -> {});
    }
  }
}
