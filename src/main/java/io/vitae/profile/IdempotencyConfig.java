package io.vitae.profile;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long the answers of requests with an {@code Idempotency-Key} are remembered (adr/0021). */
@ConfigMapping(prefix = "vitae.idempotency")
public interface IdempotencyConfig {
  /** How long the same request under the same key is given the first answer again. */
  @WithDefault("24H")
  Duration keep();

  /** The pause between two looks for answers that are older than that, which are then removed. */
  @WithDefault("1M")
  Duration sweepInterval();
}
