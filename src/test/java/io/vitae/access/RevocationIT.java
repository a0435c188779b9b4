package io.vitae.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitae.boot.EmbeddedPostgres;
import io.vitae.testing.Answer;
import io.vitae.testing.PackagedApp;
import io.vitae.testing.TestWorkspace;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A key that one instance revokes is soon refused by the others, too. */
@Timeout(180)
class RevocationIT {
  private static final String OWNER = "ask_" + TestWorkspace.hex(32);

  /** Five seconds are promised; the rest is for a busy machine. */
  private static final Duration SOON = Duration.ofSeconds(6);

  @Test
  void aRevokedKeyStopsOnEveryInstance() throws Exception {
    try (EmbeddedPostgres database = EmbeddedPostgres.start()) {
      Map<String, String> environment = PackagedApp.migrating(database);
      environment.put("VITAE_BOOTSTRAP_WORKSPACE", "Revocation");
      environment.put("VITAE_BOOTSTRAP_API_KEYS", OWNER);
      try (PackagedApp first = PackagedApp.start(environment).awaitReady();
          PackagedApp second = PackagedApp.start(environment).awaitReady()) {
        JsonNode key = send(first, OWNER, "POST", "/keys", "{\"permission\": \"read\"}");
        String secret = key.at("/data/key").textValue();
        assertThat(send(first, secret, "GET", "", "").path("code").intValue()).isEqualTo(200);
        assertThat(send(second, secret, "GET", "", "").path("code").intValue()).isEqualTo(200);

        send(first, OWNER, "DELETE", "/keys?id=" + key.at("/data/id").asText(), "");
        long revoked = System.nanoTime();

        assertThat(send(first, secret, "GET", "", "").path("code").intValue()).isEqualTo(401);
        while (send(second, secret, "GET", "", "").path("code").intValue() == 200) {
          assertThat(Duration.ofNanos(System.nanoTime() - revoked)).isLessThan(SOON);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - revoked)).isLessThan(SOON);
      }
    }
  }

  private static JsonNode send(
      PackagedApp app, String secret, String method, String path, String body) {
    HttpResponse<String> answer =
        app.send(
            HttpRequest.newBuilder(app.api("/v1/auth" + path))
                .header("X-API-KEY", secret)
                .method(method, BodyPublishers.ofString(body)));
    return Answer.parse(answer.body());
  }
}
