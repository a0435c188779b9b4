package io.vitae.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How often somebody may be wrong about an API key (adr/0020). */
@ConfigMapping(prefix = "vitae.access")
public interface AccessConfig {
  /** How many unknown keys one address may present in a window; then 429. */
  @WithDefault("100")
  int guesses();

  /** How many unknown keys that begin alike may be presented in a window, by anybody; then 429. */
  @WithDefault("10")
  int guessesPerPrefix();

  /** How long guesses count, from the first one. */
  @WithDefault("1M")
  Duration guessWindow();
}
