package io.vitae.profile.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitae.profile.document.Normaliser;
import io.vitae.profile.document.Samples;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ProfileRulesTest {
  private static final ProfileRules RULES =
      new ProfileRules(
          new ProfileLimits(32, 1000, 262_144),
          Clock.fixed(Instant.parse("2025-01-01T00:00:00Z"), ZoneOffset.UTC));

  @Test
  void acceptsThePublishedExample() {
    assertThat(RULES.check(Samples.putRequest(), "")).isEmpty();
    assertThat(RULES.check(Samples.putResponseData(), "")).isEmpty();
    assertThat(RULES.check(Normaliser.patch(Samples.putRequest()), "")).isEmpty();
  }
}
