package io.vitae.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What a setting gives.
 *
 * @param pairs one of each round
 */
record Comparison(Variant variant, List<Pair> pairs) {
  /** Two measurements, one right after the other. */
  record Pair(Side recommended, Side changed) {}

  /**
   * One measurement, and what PostgreSQL says of it.
   *
   * @param counted while it went on
   */
  record Side(Measurement measurement, DatabaseCounts counted) {
    double perSecond() {
      return measurement.load().perSecond();
    }

    double postgresCpu() {
      return measurement.perRequest(measurement.postgresCpu());
    }

    double walKilobytes() {
      return counted.walBytes() / 1e3 / measurement.load().requests();
    }

    double hotShare() {
      return (double) counted.hotUpdates() / counted.updates();
    }
  }

  /** Median of the changed value divided by the recommended one, round by round. */
  double ratio(ToDoubleFunction<Side> value) {
    return Statistics.median(ratios(value).stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** The same of each round. */
  List<Double> ratios(ToDoubleFunction<Side> value) {
    return pairs.stream()
        .map(pair -> value.applyAsDouble(pair.changed()) / value.applyAsDouble(pair.recommended()))
        .toList();
  }

  double recommended(ToDoubleFunction<Side> value) {
    return median(pairs.stream().map(Pair::recommended).toList(), value);
  }

  double changed(ToDoubleFunction<Side> value) {
    return median(pairs.stream().map(Pair::changed).toList(), value);
  }

  long errors() {
    List<Side> sides = new ArrayList<>();
    pairs.forEach(pair -> sides.addAll(List.of(pair.recommended(), pair.changed())));
    return sides.stream().mapToLong(side -> side.measurement().load().errors()).sum();
  }

  private static double median(List<Side> sides, ToDoubleFunction<Side> value) {
    return Statistics.median(sides.stream().mapToDouble(value).toArray());
  }
}
