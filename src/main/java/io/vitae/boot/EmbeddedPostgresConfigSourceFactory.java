package io.vitae.boot;

import io.quarkus.runtime.Application;
import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Points the default datasource at an {@link EmbeddedPostgres} when {@link
 * EmbeddedPostgresConfig#enabled()} and no datasource URL is set.
 *
 * <p>It takes part in the configuration of the running application only. Configurations are also
 * made while the application is built, and a build must neither start a server nor record where one
 * happened to listen.
 */
public final class EmbeddedPostgresConfigSourceFactory implements ConfigSourceFactory {

  /**
   * Above the environment (300), whose user and password may be meant for another server; below
   * system properties (400).
   */
  private static final int ORDINAL = 350;

  private static final String ENABLED = "vitae.embedded-postgres.enabled";
  private static final Set<String> TRUE = Set.of("true", "yes", "y", "on", "1");
  private static final List<String> URLS =
      List.of("quarkus.datasource.reactive.url", "quarkus.datasource.jdbc.url");

  private final BooleanSupplier applicationRuns;

  /** For the service loader. */
  public EmbeddedPostgresConfigSourceFactory() {
    this(EmbeddedPostgresConfigSourceFactory::applicationRuns);
  }

  EmbeddedPostgresConfigSourceFactory(BooleanSupplier applicationRuns) {
    this.applicationRuns = applicationRuns;
  }

  /**
   * Returns the source with the datasource's URLs and credentials, having started the server, or no
   * source.
   *
   * @throws IllegalStateException if the server is asked for and cannot be had
   */
  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    if (!TRUE.contains(value(context, ENABLED).toLowerCase(Locale.ROOT))
        || URLS.stream().anyMatch(url -> !value(context, url).isBlank())
        || !applicationRuns.getAsBoolean()) {
      return List.of();
    }
    Map<String, String> properties = datasource().of(String.join(",", context.getProfiles()));
    return List.of(new PropertiesConfigSource(properties, "embedded PostgreSQL", ORDINAL));
  }

  private static String value(ConfigSourceContext context, String name) {
    ConfigValue value = context.getValue(name);
    return value == null || value.getValue() == null ? "" : value.getValue();
  }

  /**
   * The class that the build generates is visible to the running application and not to its build.
   */
  static boolean applicationRuns() {
    try {
      Class.forName(
          Application.APP_CLASS_NAME,
          false,
          EmbeddedPostgresConfigSourceFactory.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /**
   * Looked up under a name that is put together here and now, because native-image follows every
   * reference it can see, constant class names included, and would miss the libraries that the
   * packaged application leaves out.
   */
  private Datasource datasource() {
    String name = getClass().getPackageName() + ".SharedEmbeddedPostgres";
    try {
      return Class.forName(name)
          .asSubclass(Datasource.class)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "this build has no embedded PostgreSQL; set quarkus.datasource.reactive.url", e);
    }
  }

  /** What is known here of the class that must not be seen from here. */
  interface Datasource {

    /** Returns the configuration of the default datasource for a set of active profiles. */
    Map<String, String> of(String profiles);
  }
}
