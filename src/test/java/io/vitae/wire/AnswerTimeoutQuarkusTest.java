package io.vitae.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.vitae.testing.CautiousSettings;
import io.vitae.testing.Http2;
import io.vitae.testing.PostgresResource;
import io.vitae.testing.TestWorkspace;
import java.io.IOException;
import java.net.Socket;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An answer over HTTP/2 has to be read within {@code vitae.limits.answer-timeout}. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@TestProfile(CautiousSettings.class)
class AnswerTimeoutQuarkusTest {
  private static final int TIMEOUT_MILLIS = 10_000;

  @Test
  void theStreamOfOneThatIsNotReadIsReset() throws IOException {
    Map<String, String> key = Map.of("x-api-key", TestWorkspace.create().allKey());
    try (Socket socket = new Socket("localhost", RestAssured.port)) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      Http2.askWithoutReading(socket, 2, "/v1/auth", key);

      assertThat(Http2.awaitEnds(socket, 2)).containsExactly("reset", "reset");
    }
  }
}
