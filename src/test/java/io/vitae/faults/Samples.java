package io.vitae.faults;

import java.util.Arrays;

/** Many small numbers, of which percentiles are wanted. */
final class Samples {
  private int[] values = new int[1024];
  private int count;

  void add(int value) {
    if (count == values.length) {
      values = Arrays.copyOf(values, 2 * count);
    }
    values[count++] = value;
  }

  int count() {
    return count;
  }

  /**
   * The smallest value that so many percent are not above; 0 of none.
   *
   * @param percent up to 100, which is the largest
   */
  int percentile(double percent) {
    if (count == 0) {
      return 0;
    }
    int[] sorted = Arrays.copyOf(values, count);
    Arrays.sort(sorted);
    return sorted[Math.max(0, (int) Math.ceil(count * percent / 100) - 1)];
  }
}
