package io.vitae.database;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/**
 * How long Vitae waits for PostgreSQL. Where it is and how many connections there are say the
 * standard {@code quarkus.datasource.*} properties.
 */
@ConfigMapping(prefix = "vitae.database")
public interface DatabaseConfig {
  /**
   * The longest a request waits for one statement, the wait for a connection included; then 503.
   */
  @WithDefault("5S")
  Duration timeout();

  /**
   * The longest a request waits for its turn in a batch, and a statement for a free connection of
   * the pool; then 503.
   */
  @WithDefault("2S")
  Duration acquireTimeout();

  /** The longest that opening a connection may take. */
  @WithDefault("2S")
  Duration connectTimeout();

  /** How many statements may wait for a connection at once; one more is answered 503 at once. */
  @WithDefault("2000")
  int maxWaiting();

  /** How long the readiness probe waits for the database. */
  @WithDefault("2S")
  Duration readinessTimeout();
}
