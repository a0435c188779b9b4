package io.vitae.profile;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How profiles are written. */
@ConfigMapping(prefix = "vitae.profile")
public interface ProfileConfig {
  /** Whether a PUT of a profile that does not exist creates it; otherwise it is refused. */
  @WithDefault("true")
  boolean putCreates();
}
