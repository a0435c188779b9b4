package io.vitae.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutageLogTest {
  private final AtomicLong now = new AtomicLong();
  private final OutageLog log = new OutageLog(now::get);

  @Test
  void whatBeginsIsSaidAtOnceAndOnce() {
    assertThat(log.failed("timeout")).contains("timeout");
    assertThat(log.failed("timeout")).isEmpty();
    assertThat(log.failed("reset")).contains("reset");
  }

  @Test
  void whatGoesOnIsSaidNowAndThenWithItsNumber() {
    log.failed("timeout");
    IntStream.range(0, 41).forEach(i -> log.failed("timeout"));
    now.addAndGet(Duration.ofSeconds(9).toNanos());
    assertThat(log.failed("timeout")).isEmpty();
    now.addAndGet(Duration.ofSeconds(1).toNanos());

    assertThat(log.failed("timeout")).contains("timeout, and 42 times since this was last said");
    assertThat(log.failed("timeout")).isEmpty();
  }

  @Test
  void whatComesBackIsNews() {
    log.failed("timeout");
    now.addAndGet(Duration.ofMinutes(5).toNanos());

    assertThat(log.failed("timeout")).contains("timeout");
  }

  @Test
  void oneOfManyThreadsSpeaks() {
    assertThat(
            IntStream.range(0, 1_000)
                .parallel()
                .mapToObj(i -> log.failed("timeout"))
                .filter(Optional::isPresent))
        .hasSize(1);
  }
}
