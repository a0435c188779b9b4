package io.vitae.boot;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import io.vitae.access.ApiKey;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Refuses to start with a configuration that is unsafe or cannot be meant. */
@ApplicationScoped
class StartupChecks {
  /** Before anything that uses the configuration. */
  static final int PRIORITY = 1;

  private final LaunchMode mode;
  private final BootstrapConfig bootstrap;
  private final Optional<String> url;

  StartupChecks(
      LaunchMode mode,
      BootstrapConfig bootstrap,
      @ConfigProperty(name = "quarkus.datasource.reactive.url") Optional<String> url) {
    this.mode = mode;
    this.bootstrap = bootstrap;
    this.url = url;
  }

  void check(@Observes @Priority(PRIORITY) StartupEvent event) {
    if (url.isEmpty()) {
      throw new IllegalStateException(
          "No database: set quarkus.datasource.reactive.url (QUARKUS_DATASOURCE_REACTIVE_URL),"
              + " for example postgresql://db.example.com:5432/vitae");
    }
    checkKeys(bootstrap.apiKeys().orElse(List.of()));
    boolean fills = bootstrap.apiKeys().isPresent() || !bootstrap.sources().isEmpty();
    if (fills && bootstrap.workspace().isEmpty()) {
      throw new IllegalStateException(
          "vitae.bootstrap.api-keys and vitae.bootstrap.sources need vitae.bootstrap.workspace");
    }
  }

  private void checkKeys(List<String> keys) {
    for (int i = 0; i < keys.size(); i++) {
      if (ApiKey.parse(keys.get(i)).isEmpty()) {
        // Says which one, never what it is.
        throw new IllegalStateException(
            "vitae.bootstrap.api-keys[%d] is not ask_, askr_ or askw_ and 32 lower-case hex digits"
                .formatted(i));
      }
      if (mode == LaunchMode.NORMAL && DemoWorkspace.API_KEYS.contains(keys.get(i))) {
        throw new IllegalStateException(
            "vitae.bootstrap.api-keys[%d] is a demo key, which everybody knows".formatted(i));
      }
    }
  }
}
