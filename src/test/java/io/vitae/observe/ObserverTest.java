package io.vitae.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class ObserverTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Observer observer = new Observer(registry);

  /** Where nobody asks, such as under Docker Compose, no alert may say that it is not ready. */
  @Test
  void readinessIsUnknownUntilItIsAskedFor() {
    assertThat(ready()).isNaN();

    observer.observe(new Observation.Readiness(true));
    assertThat(ready()).isOne();

    observer.observe(new Observation.Readiness(false));
    assertThat(ready()).isZero();
  }

  private double ready() {
    return registry.get("vitae.ready").gauge().value();
  }
}
