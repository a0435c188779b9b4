package io.vitae.wire;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How many requests there may be, and how much of anything one may bring. */
@ConfigMapping(prefix = "vitae.limits")
public interface LimitsConfig {
  /**
   * How many requests with a good key may be under way at once; one more is answered 503. One
   * workspace may have half of them; one more is answered 429 (adr/0022).
   */
  @WithDefault("256")
  int requests();

  /**
   * How many bytes the bodies of these requests, and their answers over HTTP/2 until they have been
   * sent, may have together; as {@link #requests()}, but an answer for which there is no room is
   * 503.
   */
  @WithDefault("16M")
  MemorySize requestBytes();

  /** The largest body, in bytes. A larger one is answered 413. */
  @WithDefault("1M")
  MemorySize body();

  /** How long a body may take to arrive. A slower one is answered 408. */
  @WithDefault("30S")
  Duration bodyTimeout();

  /**
   * How long an answer over HTTP/2 may wait for its client to read it. Then its stream is reset.
   */
  @WithDefault("30S")
  Duration answerTimeout();

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
