package io.vitae.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Assumptions;

/**
 * One kind of fault and what came of it: a line of the table. Safe to be told from many threads.
 */
final class Fault {
  /** How much of what went wrong is worth reading. */
  private static final int SHOWN = 10;

  private static final int LEGIBLE = 600;

  private final String name;
  private final AtomicLong tried = new AtomicLong();
  private final AtomicLong acknowledged = new AtomicLong();
  private final ConcurrentLinkedQueue<String> lost = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
  private final List<Duration> recoveries = new CopyOnWriteArrayList<>();

  Fault(String name) {
    this.name = name;
  }

  /** Whether the long versions run: {@code ./mvnw -Pfaults verify}. */
  static boolean isFull() {
    return Boolean.getBoolean("test.faults");
  }

  /** How often to try something in the subset that every build runs, and in the whole suite. */
  static int times(int inEveryBuild, int inTheSuite) {
    return isFull() ? inTheSuite : inEveryBuild;
  }

  /** Leaves a test to the whole suite: every build has no time for all of them. */
  static void onlyInTheSuite() {
    Assumptions.assumeTrue(isFull(), "runs with ./mvnw -Pfaults verify");
  }

  void tried() {
    tried.incrementAndGet();
  }

  void tried(long times) {
    tried.addAndGet(times);
  }

  long tries() {
    return tried.get();
  }

  long acknowledged() {
    return acknowledged.get();
  }

  void acknowledge() {
    acknowledged.incrementAndGet();
  }

  /** An acknowledged write is not there. */
  void lost(String what) {
    lost.add(shorten(what));
  }

  /** An answer or a state that the contract does not allow. */
  void wrong(String what) {
    wrong.add(shorten(what));
  }

  /** From the end of the fault to the first success after it. */
  void recovered(Duration time) {
    recoveries.add(time);
  }

  /**
   * Puts the line into the table.
   *
   * @throws AssertionError if anything was lost or wrong
   */
  void conclude() {
    FaultTable.add(
        "| %s | %,d | %,d | %,d | %,d | %s |"
            .formatted(
                name,
                tried.get(),
                acknowledged.get(),
                lost.size(),
                wrong.size(),
                recoveries.isEmpty() ? "" : recovery()));
    assertThat(lost.stream().limit(SHOWN)).as("lost in: " + name).isEmpty();
    assertThat(wrong.stream().limit(SHOWN)).as("wrong in: " + name).isEmpty();
  }

  private static String shorten(String what) {
    return what.substring(0, Math.min(what.length(), LEGIBLE));
  }

  private String recovery() {
    List<Duration> sorted = recoveries.stream().sorted().toList();
    return "%.1f s, at most %.1f s"
        .formatted(
            sorted.get(sorted.size() / 2).toMillis() / 1000.0,
            Collections.max(sorted).toMillis() / 1000.0);
  }
}
