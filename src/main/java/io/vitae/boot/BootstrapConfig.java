package io.vitae.boot;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What has to exist before the first request: created at start where it is missing, otherwise left
 * alone.
 */
@ConfigMapping(prefix = "vitae.bootstrap")
public interface BootstrapConfig {
  /** The name of the workspace that the keys and sources below belong to. */
  Optional<String> workspace();

  /**
   * Secrets of the workspace's API keys: {@code ask_} (all), {@code askr_} (read), {@code askw_}
   * (write) + 32 hex.
   */
  Optional<List<String>> apiKeys();

  /** Sources of the workspace. */
  List<SourceToCreate> sources();

  /** How long to wait before trying again when the database cannot be reached. */
  @WithDefault("2S")
  Duration retryInterval();

  /** A source to create. */
  interface SourceToCreate {
    /** The {@code source_key} that clients send, at most 128 characters. */
    String key();

    /** Its name for people. */
    String name();
  }
}
