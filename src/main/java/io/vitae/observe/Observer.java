package io.vitae.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;

/** Turns observations into metrics: the only class that knows a meter. */
@Singleton
public class Observer {
  private final MeterRegistry registry;

  // Building an identifier from tags for each event costs more than counting it.
  private final Map<Observation.ProfilePut, Counter> puts = new ConcurrentHashMap<>();
  private final Map<Statement, Timer> statements = new ConcurrentHashMap<>();
  private final Map<String, BatchMeters> batches = new ConcurrentHashMap<>();

  /** What the last readiness probe was told; not a number before the first. */
  private final AtomicReference<Double> ready = new AtomicReference<>(Double.NaN);

  Observer(MeterRegistry registry) {
    this.registry = registry;
    registry.gauge("vitae.ready", ready, AtomicReference::get);
  }

  private record Statement(String name, boolean succeeded) {}

  /** Counts what happened. Cheap, and never fails. */
  public void observe(Observation observation) {
    if (observation instanceof Observation.ProfilePut put) {
      puts.computeIfAbsent(put, this::counter).increment();
    } else if (observation instanceof Observation.Repetition repetition) {
      registry
          .counter("vitae.idempotency.repetitions", "outcome", repetition.outcome())
          .increment();
    } else if (observation instanceof Observation.DatabaseCall call) {
      statements
          .computeIfAbsent(new Statement(call.statement(), call.succeeded()), this::timer)
          .record(call.nanos(), TimeUnit.NANOSECONDS);
    } else if (observation instanceof Observation.Batch batch) {
      batches.computeIfAbsent(batch.statement(), this::batch).record(batch);
    } else if (observation instanceof Observation.Readiness probe) {
      ready.set(probe.ready() ? 1.0 : 0.0);
    }
  }

  /**
   * Shows how many requests wait for a batch.
   *
   * @param statement the name that {@link Observation.Batch} has for it
   * @param waiting counts them, from any thread
   */
  public void watch(String statement, IntSupplier waiting) {
    Gauge.builder("vitae.batch.waiting", waiting, IntSupplier::getAsInt)
        .description("Requests that wait for their batch")
        .tag("statement", statement)
        .strongReference(true)
        .register(registry);
  }

  /**
   * Shows how many requests are under way.
   *
   * @param underWay counts them, from any thread
   */
  public void watchRequests(IntSupplier underWay) {
    Gauge.builder("vitae.requests", underWay, IntSupplier::getAsInt)
        .description("Requests with a good key that are under way")
        .strongReference(true)
        .register(registry);
  }

  private record BatchMeters(DistributionSummary rows, Timer waits) {
    void record(Observation.Batch batch) {
      rows.record(batch.rows());
      waits.record(batch.waitedNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private BatchMeters batch(String statement) {
    return new BatchMeters(
        DistributionSummary.builder("vitae.batch.rows")
            .description("Requests that share a statement")
            .tag("statement", statement)
            .serviceLevelObjectives(1, 2, 4, 8, 16, 32, 64)
            .register(registry),
        Timer.builder("vitae.batch.wait")
            .description("Time that the first request of a batch waited for it")
            .tag("statement", statement)
            .publishPercentileHistogram()
            .minimumExpectedValue(Duration.ofMillis(1))
            .maximumExpectedValue(Duration.ofSeconds(10))
            .register(registry));
  }

  private Counter counter(Observation.ProfilePut put) {
    return Counter.builder("vitae.profile.puts")
        .description("Profile PUTs answered, by outcome and error code")
        .tag("outcome", put.outcome())
        .tag("code", put.code())
        .register(registry);
  }

  private Timer timer(Statement statement) {
    return Timer.builder("vitae.database")
        .description("Time from asking for a connection to the last row, by statement")
        .tag("statement", statement.name())
        .tag("outcome", statement.succeeded() ? "success" : "failure")
        .publishPercentileHistogram()
        .minimumExpectedValue(Duration.ofMillis(1))
        .maximumExpectedValue(Duration.ofSeconds(10))
        .register(registry);
  }
}
