package io.vitae.boot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownKeysTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "vitae.limits.body",
        "vitae.bootstrap.api-keys",
        "vitae.words.index-interval",
        "vitae.bootstrap.api-keys[12]",
        "vitae.bootstrap.sources[0].key",
        "quarkus.http.port",
        "vitaefoo"
      })
  void knows(String key) {
    assertThat(KnownKeys.isUnknown(key)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "vitae.limitz.body",
        "vitae.limits.bodi",
        "vitae.limits.body.max",
        "vitae.bootstrap.sources.key",
        "vitae.bootstrap.sources[0].kex",
        "vitae.port"
      })
  void doesNotKnow(String key) {
    assertThat(KnownKeys.isUnknown(key)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "VITAE_PROFILE_PUT_CREATES",
        "VITAE_BOOTSTRAP_API_KEYS",
        "VITAE_BOOTSTRAP_API_KEYS_3_",
        "VITAE_BOOTSTRAP_SOURCES_10__NAME",
        "_STAGING_VITAE_LIMITS_BODY",
        "VITAE_SERVICE_HOST",
        "VITAE_SERVICE_PORT",
        "VITAE_SERVICE_PORT_HTTP",
        "VITAE_PORT",
        "VITAE_PORT_8080_TCP",
        "VITAE_PORT_8080_TCP_PROTO",
        "VITAE_PORT_8080_TCP_PORT",
        "VITAE_PORT_8080_TCP_ADDR",
        "VITAE_POSTGRES_RW_SERVICE_HOST",
        "VITAE_POSTGRES_RW_PORT_5432_TCP_ADDR",
        "CURRICULUM_VITAE",
        "QUARKUS_HTTP_PORT"
      })
  void letsPass(String variable) {
    assertThat(KnownKeys.isUnknownVariable(variable)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "VITAE_PROFILE_PUT_CRATES",
        "VITAE_LIMITZ_BODY",
        "VITAE_BOOTSTRAP_SOURCES_0_KEY",
        "VITAE_BOOTSTRAP_SOURCES_KEY",
        "VITAE_SERVICE_HOSTS",
        "_STAGING_VITAE_LIMITZ_BODY",
        "VITAE_"
      })
  void refuses(String variable) {
    assertThat(KnownKeys.isUnknownVariable(variable)).isTrue();
  }
}
