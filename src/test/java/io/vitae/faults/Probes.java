package io.vitae.faults;

import io.vitae.testing.PackagedApp;
import java.time.Duration;

/**
 * Asks for health again and again, as an orchestrator does, until it is closed, and looks at the
 * memory.
 */
final class Probes implements AutoCloseable {
  private static final long INTERVAL_MILLIS = 100;

  private final PackagedApp app;
  private final Fault fault;
  private final Duration limit;
  private final Thread thread = new Thread(this::run, "probes");
  private volatile boolean stopped;
  private volatile long slowestNanos;
  private volatile long mostResident;
  private volatile long mostAnonymous;

  private Probes(PackagedApp app, Fault fault, Duration limit) {
    this.app = app;
    this.fault = fault;
    this.limit = limit;
  }

  /**
   * Begins.
   *
   * @param limit how long an answer may take
   */
  static Probes start(PackagedApp app, Fault fault, Duration limit) {
    Probes probes = new Probes(app, fault, limit);
    probes.thread.start();
    return probes;
  }

  private void run() {
    while (!stopped) {
      ask("live");
      ask("ready");
      mostResident = Math.max(mostResident, app.residentMebibytes());
      mostAnonymous = Math.max(mostAnonymous, app.anonymousMebibytes());
      try {
        Thread.sleep(INTERVAL_MILLIS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void ask(String probe) {
    long start = System.nanoTime();
    int status = app.health(probe);
    long took = System.nanoTime() - start;
    slowestNanos = Math.max(slowestNanos, took);
    if (status != 200 || took > limit.toNanos()) {
      fault.wrong("health/" + probe + " was " + status + " after " + Duration.ofNanos(took));
    }
  }

  /** The most memory that was seen, in MiB. */
  long mostResident() {
    return mostResident;
  }

  /** The most of it that was in no file, in MiB. */
  long mostAnonymous() {
    return mostAnonymous;
  }

  long slowestMillis() {
    return slowestNanos / 1_000_000;
  }

  @Override
  public void close() {
    stopped = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
