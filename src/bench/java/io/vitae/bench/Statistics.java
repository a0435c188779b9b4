package io.vitae.bench;

import java.util.Arrays;

/** The little arithmetic that the results need. */
final class Statistics {
  private Statistics() {}

  /**
   * The middle value, or the mean of the two in the middle.
   *
   * @throws IllegalArgumentException when there are no values
   */
  static double median(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("Nothing has no median");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /**
   * The smallest value that at least {@code share} of all values do not exceed; 0 when there are
   * none.
   *
   * @param sorted ascending
   * @param share above 0, at most 1
   */
  static long percentile(long[] sorted, double share) {
    return sorted.length == 0 ? 0 : sorted[(int) Math.ceil(share * sorted.length) - 1];
  }
}
