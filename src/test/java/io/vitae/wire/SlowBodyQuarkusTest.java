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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A body has to arrive within {@code vitae.limits.body-timeout}. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@TestProfile(CautiousSettings.class)
class SlowBodyQuarkusTest {
  private static final String TIMEOUT = "{\"code\":408,\"message\":\"Request timeout\"}";

  private static final List<String> BEGINNINGS =
      List.of(
          "Content-Length: 100\r\n\r\n",
          "Content-Length: 100\r\n\r\n{\"source_key\":",
          "Transfer-Encoding: chunked\r\n\r\n",
          "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n");

  /** All of them at once, because each takes as long as a body may. */
  @Test
  void aBodyThatDoesNotComeTimesOut() throws IOException {
    String head = head(TestWorkspace.create().allKey());
    Map<String, RawConnection> connections = new LinkedHashMap<>();
    try {
      for (String rest : BEGINNINGS) {
        connections.put(rest, RawConnection.open());
        connections.get(rest).send(head + rest);
      }
      for (Map.Entry<String, RawConnection> each : connections.entrySet()) {
        RawConnection connection = each.getValue();
        assertThat(connection.read().text()).as(each.getKey()).isEqualTo(TIMEOUT);
        assertThat(connection.readToEnd()).as("is closed: " + each.getKey()).isEmpty();
      }
    } finally {
      for (RawConnection connection : connections.values()) {
        connection.close();
      }
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
