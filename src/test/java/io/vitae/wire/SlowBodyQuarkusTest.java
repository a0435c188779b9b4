package io.vitae.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vitae.testing.CautiousSettings;
import io.vitae.testing.PostgresResource;
import io.vitae.testing.RawConnection;
import io.vitae.testing.TestWorkspace;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A body has to arrive within {@code vitae.limits.body-timeout}. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@TestProfile(CautiousSettings.class)
class SlowBodyQuarkusTest {
  private static final String TIMEOUT = "{\"code\":408,\"message\":\"Request timeout\"}";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 100\r\n\r\n",
        "Content-Length: 100\r\n\r\n{\"source_key\":",
        "Transfer-Encoding: chunked\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n"
      })
  void aBodyThatDoesNotComeTimesOut(String rest) throws IOException {
    try (RawConnection connection = RawConnection.open()) {
      connection.send(head(TestWorkspace.create().allKey()) + rest);

      assertThat(connection.read().text()).isEqualTo(TIMEOUT);
      assertThat(connection.readToEnd()).as("the connection is closed").isEmpty();
    }
  }

  @Test
  void aStrangerIsRefusedWithoutWaitingForTheBody() throws IOException {
    try (RawConnection connection = RawConnection.open()) {
      connection.send(head("nobody") + "Content-Length: 100\r\n\r\n{");

      connection.read().failed(401, "Unauthorized. Invalid secret key");
    }
  }

  private static String head(String key) {
    return "PUT /v1/profile/indexing HTTP/1.1\r\nHost: localhost\r\nX-API-KEY: " + key + "\r\n";
  }
}
