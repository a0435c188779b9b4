package io.vitae.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class StatisticsTest {
  @Test
  void theMedianIsInTheMiddleWhateverTheOrder() {
    assertThat(Statistics.median(9, 1, 5)).isEqualTo(5);
    assertThat(Statistics.median(9, 1, 5, 6)).isEqualTo(5.5);
    assertThatIllegalArgumentException().isThrownBy(Statistics::median);
  }

  @Test
  void aPercentileIsAValueThatOccurred() {
    long[] sorted = {10, 20, 30, 40, 50, 60, 70, 80, 90, 100};

    assertThat(Statistics.percentile(sorted, 0.5)).isEqualTo(50);
    assertThat(Statistics.percentile(sorted, 0.99)).isEqualTo(100);
    assertThat(Statistics.percentile(new long[] {7}, 0.01)).isEqualTo(7);
    assertThat(Statistics.percentile(new long[0], 0.5)).isZero();
  }
}
