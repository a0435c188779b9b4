package io.vitae.boot;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.ConfigValidationException.Problem;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Derives the one URL of the database from the other, because the request path and the migrations
 * reach it by different drivers; refuses to start where neither is known.
 *
 * <p>That is refused here, not in {@link StartupChecks}, because Hibernate would be asked first.
 */
public final class DatasourceConfigSourceFactory implements ConfigSourceFactory {
  /** Below application.properties (250): a derived URL gives way to a stated one. */
  private static final int ORDINAL = 240;

  private static final String REACTIVE_URL = "quarkus.datasource.reactive.url";
  private static final String JDBC_URL = "quarkus.datasource.jdbc.url";
  private static final String MIGRATE = "quarkus.flyway.migrate-at-start";
  private static final String EMBEDDED = "vitae.embedded-postgres.enabled";
  private static final Set<String> TRUE = Set.of("true", "yes", "y", "on", "1");

  private static final Problem NO_DATABASE =
      new Problem(
          "No database: set quarkus.datasource.reactive.url (QUARKUS_DATASOURCE_REACTIVE_URL),"
              + " for example postgresql://db.example.com:5432/vitae");

  private final BooleanSupplier applicationRuns;

  /** For the service loader. */
  public DatasourceConfigSourceFactory() {
    this(EmbeddedPostgresConfigSourceFactory::applicationRuns);
  }

  DatasourceConfigSourceFactory(BooleanSupplier applicationRuns) {
    this.applicationRuns = applicationRuns;
  }

  /**
   * Returns a source with the URL that could be derived, or none.
   *
   * @throws ConfigValidationException when there is no database
   */
  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    if (!applicationRuns.getAsBoolean()) {
      return List.of();
    }
    String reactive = value(context, REACTIVE_URL);
    String jdbc = value(context, JDBC_URL);
    if (reactive.isEmpty() && jdbc.isEmpty() && !isTrue(context, EMBEDDED)) {
      throw new ConfigValidationException(new Problem[] {NO_DATABASE});
    }
    Map<String, String> derived = derive(reactive, jdbc, isTrue(context, MIGRATE));
    return derived.isEmpty()
        ? List.of()
        : List.of(new PropertiesConfigSource(derived, "the other URL of the database", ORDINAL));
  }

  /**
   * A JDBC URL only when something is to use it: a pod that does not migrate has no JDBC pool.
   * Credentials and lists of servers are written differently in the two, and left to the operator.
   */
  private static Map<String, String> derive(String reactive, String jdbc, boolean migrate) {
    if (reactive.isEmpty() && jdbc.startsWith("jdbc:postgresql://")) {
      return Map.of(REACTIVE_URL, jdbc.substring("jdbc:".length()));
    }
    if (jdbc.isEmpty() && migrate && reactive.matches("(vertx-reactive:)?postgres(ql)?://[^@,]+")) {
      return Map.of(JDBC_URL, "jdbc:postgresql" + reactive.substring(reactive.indexOf("://")));
    }
    return Map.of();
  }

  private static boolean isTrue(ConfigSourceContext context, String name) {
    return TRUE.contains(value(context, name).toLowerCase(Locale.ROOT));
  }

  private static String value(ConfigSourceContext context, String name) {
    ConfigValue value = context.getValue(name);
    return value == null || value.getValue() == null ? "" : value.getValue().strip();
  }
}
