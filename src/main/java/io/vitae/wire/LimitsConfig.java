package io.vitae.wire;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How much of anything one request may bring. */
@ConfigMapping(prefix = "vitae.limits")
public interface LimitsConfig {
  /** The largest body, in bytes. A larger one is answered 413. */
  @WithDefault("1M")
  MemorySize body();

  /** How long a body may take to arrive. A slower one is answered 408. */
  @WithDefault("30S")
  Duration bodyTimeout();

  /** How deep objects and arrays may nest; the body itself is level 1. */
  @WithDefault("32")
  int nesting();

  /** The most entries of one list. */
  @WithDefault("1000")
  int listEntries();

  /** The longest string, in Unicode characters. */
  @WithDefault("262144")
  int stringLength();
}
