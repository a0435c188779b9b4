package io.vitae.observe;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.stream.DoubleStream;

/**
 * Counts requests by how long they took, in the few buckets that an objective could be about: of a
 * summary Prometheus can tell neither a percentile nor that of several pods together.
 */
@Singleton
class RequestBuckets implements MeterFilter {
  private static final double[] NANOS =
      DoubleStream.of(2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000)
          .map(millis -> millis * Duration.ofMillis(1).toNanos())
          .toArray();

  @Override
  public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
    return id.getName().equals("http.server.requests")
        ? DistributionStatisticConfig.builder().serviceLevelObjectives(NANOS).build().merge(config)
        : config;
  }
}
