package io.vitae.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/**
 * The settings that tests need otherwise than by default, in one profile, because each profile
 * starts the application again.
 */
public final class CautiousSettings implements QuarkusTestProfile {
  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of(
        "vitae.profile.put-creates", "false",
        "vitae.limits.body-timeout", "200MS",
        "vitae.limits.answer-timeout", "200MS");
  }
}
