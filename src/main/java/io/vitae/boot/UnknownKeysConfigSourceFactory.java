package io.vitae.boot;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.ConfigValidationException.Problem;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.EnvConfigSource;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Refuses to start with a {@code vitae.} key that nothing reads, wherever it is set.
 *
 * <p>The configuration library notices such a key only below a prefix that some mapping has, and
 * never in the environment. This has no configuration of its own to add; it is a factory because
 * those are asked before anything starts.
 */
public final class UnknownKeysConfigSourceFactory implements ConfigSourceFactory {
  private final BooleanSupplier applicationRuns;
  private final Supplier<Collection<String>> environment;

  /** For the service loader. */
  public UnknownKeysConfigSourceFactory() {
    this(EmbeddedPostgresConfigSourceFactory::applicationRuns, () -> System.getenv().keySet());
  }

  UnknownKeysConfigSourceFactory(
      BooleanSupplier applicationRuns, Supplier<Collection<String>> environment) {
    this.applicationRuns = applicationRuns;
    this.environment = environment;
  }

  /**
   * Returns no source.
   *
   * @throws ConfigValidationException with every unknown key and where it is set
   */
  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    if (applicationRuns.getAsBoolean()) {
      TreeSet<String> unknown = new TreeSet<>();
      for (Iterator<String> names = context.iterateNames(); names.hasNext(); ) {
        String name = names.next();
        String source = KnownKeys.isUnknown(name) ? sourceOf(name, context) : "";
        // What the library makes of a variable's name is a guess: variables are judged as they are.
        if (!source.isEmpty() && !source.startsWith(EnvConfigSource.NAME)) {
          unknown.add("Unknown configuration key: " + name + " in " + source);
        }
      }
      environment.get().stream()
          .filter(KnownKeys::isUnknownVariable)
          .forEach(
              name -> unknown.add("Unknown configuration key: " + name + " in the environment"));
      if (!unknown.isEmpty()) {
        throw new ConfigValidationException(
            unknown.stream().map(Problem::new).toArray(Problem[]::new));
      }
    }
    return List.of();
  }

  private static String sourceOf(String name, ConfigSourceContext context) {
    ConfigValue value = context.getValue(name);
    return value == null || value.getSourceName() == null ? "" : value.getSourceName();
  }
}
