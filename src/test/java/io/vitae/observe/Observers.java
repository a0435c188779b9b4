package io.vitae.observe;

import io.micrometer.core.instrument.MeterRegistry;

/** Observers for tests without an application. */
public final class Observers {
  private Observers() {}

  public static Observer into(MeterRegistry registry) {
    return new Observer(registry);
  }
}
