package io.vitae.boot;

import io.quarkus.runtime.QuarkusApplication;
import io.vitae.database.Schema;
import jakarta.enterprise.inject.Instance;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.jboss.logging.Logger;

/**
 * The process as {@code vitae migrate}: brings the schema up to date and ends, so that a role with
 * the right to change tables is used for a moment and by nothing that listens.
 *
 * <p>It exits with 0 when the schema is the one that this code needs, otherwise with 1.
 */
final class Migration implements QuarkusApplication {
  private static final Logger LOG = Logger.getLogger(Migration.class);

  private static final String COMMAND = "migrate";

  private static final Map<String, String> CONFIGURATION =
      Map.of(
          "quarkus.flyway.migrate-at-start", "true",
          "quarkus.http.host-enabled", "false",
          "quarkus.management.host-enabled", "false",
          // Nobody sends it anything that it would have to wait for.
          "quarkus.shutdown.delay", "0S");

  private final Instance<Flyway> flyway;

  Migration(Instance<Flyway> flyway) {
    this.flyway = flyway;
  }

  /** Whether the command line asks for this instead of the service. */
  static boolean isAskedFor(String... arguments) {
    return Arrays.equals(arguments, new String[] {COMMAND});
  }

  /** Before anything reads the configuration: migrate, and do not listen. */
  static void configure() {
    CONFIGURATION.forEach(System::setProperty);
  }

  /** Called when Flyway has done its work without a failure. */
  @Override
  public int run(String... arguments) {
    MigrationInfo current = flyway.get().info().current();
    Optional<String> version =
        Optional.ofNullable(current).map(info -> info.getVersion().getVersion());
    Optional<String> objection = Schema.objection(version);
    // Flyway is content with a schema that is newer than the newest migration it knows.
    objection.ifPresentOrElse(
        LOG::error, () -> LOG.infof("The schema has version %s", Schema.VERSION));
    return objection.isPresent() ? 1 : 0;
  }
}
