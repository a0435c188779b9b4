package io.vitae.boot;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Whether the application brings its own PostgreSQL, which only development and tests want. */
@ConfigMapping(prefix = "vitae.embedded-postgres")
public interface EmbeddedPostgresConfig {

  /**
   * Starts a throw-away PostgreSQL with the application and uses it as the default datasource,
   * unless the datasource has a URL already. The data does not outlive the process. On in dev mode,
   * impossible in the packaged application.
   */
  @WithDefault("false")
  boolean enabled();
}
