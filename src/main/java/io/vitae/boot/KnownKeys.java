package io.vitae.boot;

import io.smallrye.config.ConfigMappings.ConfigClass;
import io.vitae.access.AccessConfig;
import io.vitae.database.BatchConfig;
import io.vitae.database.DatabaseConfig;
import io.vitae.profile.IdempotencyConfig;
import io.vitae.profile.ProfileConfig;
import io.vitae.profile.WordsConfig;
import io.vitae.wire.LimitsConfig;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Tells what looks like configuration of Vitae and is not: a misspelt key, most likely. */
final class KnownKeys {
  /** Every mapping of a {@code vitae.} prefix. */
  static final List<Class<?>> MAPPINGS =
      List.of(
          BatchConfig.class,
          AccessConfig.class,
          BootstrapConfig.class,
          DatabaseConfig.class,
          EmbeddedPostgresConfig.class,
          IdempotencyConfig.class,
          LimitsConfig.class,
          ProfileConfig.class,
          WordsConfig.class);

  private static final String PREFIX = "vitae.";

  /** With the profile that a variable may be limited to: {@code _STAGING_VITAE_LIMITS_BODY}. */
  private static final String PROFILE = "(_[A-Z0-9_]+_)?";

  private static final Pattern OUR_VARIABLE = Pattern.compile(PROFILE + "VITAE_.*");

  /**
   * What Kubernetes sets in every pod for a service named {@code vitae} or {@code vitae-something}.
   *
   * @see <a
   *     href="https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables">Services
   *     as environment variables</a>
   */
  private static final Pattern KUBERNETES =
      Pattern.compile(
          "VITAE_([A-Z0-9_]+_)?"
              + "(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?"
              + "|PORT(_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?)");

  private static final List<Pattern> KEYS = all().map(KnownKeys::keys).toList();
  private static final List<Pattern> VARIABLES = all().map(KnownKeys::variables).toList();

  private KnownKeys() {}

  /** Whether a key is in Vitae's namespace and nothing reads it. */
  static boolean isUnknown(String key) {
    return key.startsWith(PREFIX) && KEYS.stream().noneMatch(known -> known.matcher(key).matches());
  }

  /** Whether an environment variable is in Vitae's namespace and nothing reads it. */
  static boolean isUnknownVariable(String name) {
    return OUR_VARIABLE.matcher(name).matches()
        && !KUBERNETES.matcher(name).matches()
        && VARIABLES.stream().noneMatch(known -> known.matcher(name).matches());
  }

  private static Stream<String> all() {
    return MAPPINGS.stream()
        .flatMap(mapping -> ConfigClass.configClass(mapping).getProperties().keySet().stream());
  }

  private static Pattern keys(String key) {
    return Pattern.compile(Pattern.quote(key).replace("[*]", "\\E\\[[0-9]+\\]\\Q"));
  }

  /**
   * How MicroProfile Config writes a key as a variable: whatever is no letter or digit becomes an
   * underscore, so that {@code vitae.bootstrap.sources[0].key} is {@code
   * VITAE_BOOTSTRAP_SOURCES_0__KEY}.
   */
  private static Pattern variables(String key) {
    String index = "\0";
    String name =
        key.toUpperCase(Locale.ROOT)
            .replace("[*]", index)
            .replaceAll("[^A-Z0-9\0]", "_")
            .replace(index, "_[0-9]+_");
    return Pattern.compile(PROFILE + name);
  }
}
