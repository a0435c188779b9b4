package io.vitae.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** A row's medians over all rounds. */
record Summary(Row row, List<Measurement> rounds) {
  double perSecond() {
    return median(round -> round.load().perSecond());
  }

  double p50() {
    return median(round -> round.load().p50());
  }

  double p99() {
    return median(round -> round.load().p99());
  }

  double serverCpu() {
    return median(round -> round.perRequest(round.serverCpu()));
  }

  double postgresCpu() {
    return median(round -> round.perRequest(round.postgresCpu()));
  }

  double generatorCpu() {
    return median(round -> round.perRequest(round.generatorCpu()));
  }

  double residentMegabytes() {
    return median(Measurement::residentMegabytes);
  }

  /** The most of all rounds. */
  double peakMegabytes() {
    return rounds.stream().mapToDouble(Measurement::peakMegabytes).max().orElse(0);
  }

  /** The sum of all rounds. */
  long errors() {
    return rounds.stream().mapToLong(round -> round.load().errors()).sum();
  }

  private double median(ToDoubleFunction<Measurement> value) {
    return Statistics.median(rounds.stream().mapToDouble(value).toArray());
  }
}
