package io.vitae.boot;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vitae.access.ApiKey;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Refuses to start with a configuration that is unsafe or cannot be meant.
 *
 * <p>That there is a database, and that every key is known, has been seen to before: {@link
 * DatasourceConfigSourceFactory}, {@link UnknownKeysConfigSourceFactory}.
 */
@Singleton
class StartupChecks {
  /** Before anything that uses the configuration. */
  static final int PRIORITY = 1;

  private final LaunchMode mode;
  private final BootstrapConfig bootstrap;

  StartupChecks(LaunchMode mode, BootstrapConfig bootstrap) {
    this.mode = mode;
    this.bootstrap = bootstrap;
  }

  void check(@Observes @Priority(PRIORITY) StartupEvent event) {
    checkKeys(bootstrap.apiKeys().orElse(List.of()));
    boolean fills = bootstrap.apiKeys().isPresent() || !bootstrap.sources().isEmpty();
    if (fills && bootstrap.workspace().isEmpty()) {
      throw new ConfigurationException(
          "vitae.bootstrap.api-keys and vitae.bootstrap.sources need vitae.bootstrap.workspace");
    }
  }

  private void checkKeys(List<String> keys) {
    for (int i = 0; i < keys.size(); i++) {
      if (ApiKey.parse(keys.get(i)).isEmpty()) {
        // Says which one, never what it is.
        throw new ConfigurationException(
            "vitae.bootstrap.api-keys[%d] is not ask_, askr_ or askw_ and 32 lower-case hex digits"
                .formatted(i));
      }
      if (mode == LaunchMode.NORMAL && DemoWorkspace.API_KEYS.contains(keys.get(i))) {
        throw new ConfigurationException(
            "vitae.bootstrap.api-keys[%d] is a demo key, which everybody knows".formatted(i));
      }
    }
  }
}
