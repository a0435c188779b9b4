package io.vitae.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vitae.testing.Api;
import io.vitae.testing.CautiousSettings;
import io.vitae.testing.PostgresResource;
import io.vitae.testing.TestWorkspace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code vitae.profile.put-creates=false}: a PUT edits, and creates nothing. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@TestProfile(CautiousSettings.class)
class PutCreatesOffQuarkusTest {
  private static final String UNKNOWN =
      "{\"code\":400,\"message\":\"Invalid parameters. Unable to find object: profile\"}";

  private Api api;

  @BeforeEach
  void newWorkspace() {
    api = Api.of(TestWorkspace.create());
  }

  @Test
  void anUnknownProfileIsUnableToBeFound() {
    assertThat(api.put("{\"key\":\"k\",\"info\":{}}").text()).isEqualTo(UNKNOWN);
    assertThat(api.put("{\"reference\":\"r\",\"info\":{}}").text()).isEqualTo(UNKNOWN);
    assertThat(api.put("{\"key\":\"k\"}").text()).isEqualTo(UNKNOWN);
    assertThat(api.get("key", "k").text()).isEqualTo(UNKNOWN);
  }

  @Test
  void aPostedProfileIsEdited() {
    String key =
        api.post("{\"reference\":\"r\",\"info\":{}}").created().data().path("key").textValue();

    api.put("{\"key\":\"" + key + "\",\"info\":{\"full_name\":\"Ada\"}}").edited();
    assertThat(api.put("{\"reference\":\"r\",\"text\":\"t\"}").edited().etag()).isEqualTo("\"3\"");
    assertThat(api.put("{\"reference\":\"r\"}").edited().etag()).isEqualTo("\"3\"");
  }

  @Test
  void aReferenceInUseIsStillAConflict() {
    String key = api.post("{\"info\":{}}").created().data().path("key").textValue();
    api.post("{\"reference\":\"taken\",\"info\":{}}").created();

    assertThat(
            api.put("{\"key\":\"" + key + "\",\"reference\":\"taken\"}")
                .failed(400, "Invalid profile fields")
                .errors())
        .containsExactly("/reference identity_conflict");
  }
}
