package io.vitae.bench;

import java.util.List;

/**
 * How long starts took, ms.
 *
 * @param cached of the packaged application with a cache of its classes
 * @param plain of the same application as a fast-jar
 */
record Starts(List<Double> cached, List<Double> plain) {
  /** Why there are none. */
  static String leftOut(Jvm jvm) {
    return "a cache of classes takes JDK %d, and this is %d (-Dbench.java=)"
        .formatted(Jvm.FIRST_WITH_CACHE, jvm.version());
  }

  double ratio() {
    return median(cached) / median(plain);
  }

  static double median(List<Double> starts) {
    return Statistics.median(starts.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
