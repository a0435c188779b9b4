package io.vitae.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class EmbeddedPostgresConfigSourceFactoryTest {

  private static final String ENABLED = "vitae.embedded-postgres.enabled";
  private static final String REACTIVE_URL = "quarkus.datasource.reactive.url";
  private static final String JDBC_URL = "quarkus.datasource.jdbc.url";
  private static final String USERNAME = "quarkus.datasource.username";
  private static final String PASSWORD = "quarkus.datasource.password";

  private static final ConfigSourceFactory RUNNING =
      new EmbeddedPostgresConfigSourceFactory(() -> true);
  private static final ConfigSourceFactory BUILDING =
      new EmbeddedPostgresConfigSourceFactory(() -> false);

  @Test
  void staysOutUnlessEnabled() {
    assertStaysOut(config(RUNNING, Map.of()));
    assertStaysOut(config(RUNNING, Map.of(ENABLED, "false")));
    assertStaysOut(config(RUNNING, Map.of("%other." + ENABLED, "true")));
  }

  @Test
  void staysOutWhenTheDatasourceHasAUrl() {
    SmallRyeConfig reactive =
        config(RUNNING, Map.of(ENABLED, "true", REACTIVE_URL, "postgresql://db/own"));
    assertThat(value(reactive, REACTIVE_URL)).isEqualTo("postgresql://db/own");
    assertThat(value(reactive, JDBC_URL)).isNull();

    SmallRyeConfig jdbc =
        config(RUNNING, Map.of(ENABLED, "true", JDBC_URL, "jdbc:postgresql://db/own"));
    assertThat(value(jdbc, REACTIVE_URL)).isNull();
  }

  @Test
  void staysOutOfTheBuild() {
    assertStaysOut(config(BUILDING, Map.of(ENABLED, "true")));
  }

  @Test
  void takesNoPartOutsideARunningApplication() {
    ConfigSourceFactory discovered =
        ServiceLoader.load(ConfigSourceFactory.class).stream()
            .filter(p -> p.type() == EmbeddedPostgresConfigSourceFactory.class)
            .findFirst()
            .orElseThrow()
            .get();

    assertStaysOut(config(discovered, Map.of(ENABLED, "true")));
  }

  @Test
  void suppliesTheDatasourceWhenEnabled() {
    SmallRyeConfig config = config(RUNNING, Map.of("%test." + ENABLED, "true", USERNAME, "other"));

    assertThat(value(config, REACTIVE_URL)).startsWith("postgresql://127.0.0.1:");
    assertThat(value(config, USERNAME)).isEqualTo("vitae");
    assertThat(config.getConfigValue(JDBC_URL).getConfigSourceOrdinal()).isBetween(301, 399);
    assertConnects(config);
  }

  @Test
  void keepsTheRunningServerForTheNextConfigurationOfThisJvm() {
    String first = value(config(RUNNING, Map.of(ENABLED, "true")), JDBC_URL);
    System.gc();
    SmallRyeConfig next =
        config(new EmbeddedPostgresConfigSourceFactory(() -> true), Map.of(ENABLED, "true"));

    assertThat(value(next, JDBC_URL)).isEqualTo(first);
    assertConnects(next);
  }

  private static SmallRyeConfig config(
      ConfigSourceFactory factory, Map<String, String> properties) {
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .withProfile("test")
        .withSources(new PropertiesConfigSource(properties, "application.properties", 250))
        .withSources(factory)
        .build();
  }

  private static String value(SmallRyeConfig config, String name) {
    return config.getConfigValue(name).getValue();
  }

  private static void assertStaysOut(SmallRyeConfig config) {
    assertThat(value(config, REACTIVE_URL)).isNull();
    assertThat(value(config, JDBC_URL)).isNull();
    assertThat(value(config, USERNAME)).isNull();
    assertThat(value(config, PASSWORD)).isNull();
  }

  private static void assertConnects(SmallRyeConfig config) {
    assertThatCode(
            () -> {
              try (Connection connection =
                  DriverManager.getConnection(
                      value(config, JDBC_URL), value(config, USERNAME), value(config, PASSWORD))) {
                assertThat(connection.isValid(5)).isTrue();
              }
            })
        .doesNotThrowAnyException();
  }
}
