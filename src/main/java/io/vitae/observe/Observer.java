package io.vitae.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Turns observations into metrics: the only class that knows a meter. */
@ApplicationScoped
public class Observer {
  private final MeterRegistry registry;

  // Building an identifier from tags for each event costs more than counting it.
  private final Map<Observation.ProfilePut, Counter> puts = new ConcurrentHashMap<>();
  private final Map<Statement, Timer> statements = new ConcurrentHashMap<>();

  private final AtomicInteger ready;

  Observer(MeterRegistry registry) {
    this.registry = registry;
    this.ready = registry.gauge("vitae.ready", new AtomicInteger());
  }

  private record Statement(String name, boolean succeeded) {}

  /** Counts what happened. Cheap, and never fails. */
  public void observe(Observation observation) {
    if (observation instanceof Observation.ProfilePut put) {
      puts.computeIfAbsent(put, this::counter).increment();
    } else if (observation instanceof Observation.DatabaseCall call) {
      statements
          .computeIfAbsent(new Statement(call.statement(), call.succeeded()), this::timer)
          .record(call.nanos(), TimeUnit.NANOSECONDS);
    } else if (observation instanceof Observation.Readiness probe) {
      ready.set(probe.ready() ? 1 : 0);
    }
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
        .minimumExpectedValue(java.time.Duration.ofMillis(1))
        .maximumExpectedValue(java.time.Duration.ofSeconds(10))
        .register(registry);
  }
}
