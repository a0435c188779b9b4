package io.vitae.boot;

import io.quarkus.runtime.LaunchMode;
import jakarta.inject.Singleton;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The workspace to play in that dev mode creates. Its values are fixed and published, so production
 * refuses them.
 *
 * <p>They are set as {@code %dev.vitae.bootstrap.*} in {@code application.properties}.
 */
@Singleton
class DemoWorkspace {
  private static final String DIGITS = "0123456789abcdef0123456789abcdef";

  /** The keys of the demo workspace: all, read, write. */
  static final Set<String> API_KEYS = Set.of("ask_" + DIGITS, "askr_" + DIGITS, "askw_" + DIGITS);

  private final LaunchMode mode;
  private final int port;

  DemoWorkspace(LaunchMode mode, @ConfigProperty(name = "quarkus.http.port") int port) {
    this.mode = mode;
    this.port = port;
  }

  /** In dev mode, prints the first request to try, ready to be pasted into a shell. */
  @SuppressWarnings("SystemOut") // Not a log line: it has to be pasteable as it stands.
  void introduce() {
    if (mode == LaunchMode.DEVELOPMENT) {
      System.out.println(
          """

          Vitae is up with a demo workspace. Store the published example profile:

          curl -X PUT http://localhost:%d/v1/profile/indexing \\
            -H 'X-API-KEY: ask_%s' \\
            --data-binary @src/samples/profile.json
          """
              .formatted(port, DIGITS));
    }
  }
}
