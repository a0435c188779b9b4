package io.vitae.wire;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Decides when to say that something cannot be used: at once when it begins, and then no more than
 * every ten seconds for the same reason. A line for each request that fails would bury the others,
 * and cost most when there is least to spare. How many fail the metrics tell.
 */
public final class OutageLog {
  private static final long PAUSE_NANOS = Duration.ofSeconds(10).toNanos();

  private final LongSupplier nanoClock;
  private final Map<String, Reason> reasons = new ConcurrentHashMap<>();

  /**
   * A log that has said nothing yet.
   *
   * @param nanoClock as {@link System#nanoTime}
   */
  public OutageLog(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  private record Reason(long said, long unsaid) {}

  /**
   * Notes a failure.
   *
   * @param reason one of few
   * @return what to say now, if anything
   */
  public Optional<String> failed(String reason) {
    long now = nanoClock.getAsLong();
    // The one of many threads that makes the entry of this moment is the one that speaks.
    Reason before = reasons.get(reason);
    if (before == null) {
      return reasons.putIfAbsent(reason, new Reason(now, 0)) == null
          ? Optional.of(reason)
          : Optional.empty();
    }
    if (now - before.said() < PAUSE_NANOS) {
      reasons.computeIfPresent(reason, (key, last) -> new Reason(last.said(), last.unsaid() + 1));
      return Optional.empty();
    }
    return reasons.replace(reason, before, new Reason(now, 0))
        ? Optional.of(before.unsaid() == 0 ? reason : reason + suffix(before.unsaid()))
        : Optional.empty();
  }

  private static String suffix(long unsaid) {
    return ", and %d times since this was last said".formatted(unsaid);
  }
}
