package io.vitae.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.vitae.testing.Http2;
import io.vitae.testing.PostgresResource;
import io.vitae.testing.RawConnection;
import io.vitae.testing.TestWorkspace;
import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A body is the same in whatever frames or chunks it comes, empty ones among them. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class FramedBodyQuarkusTest {
  private static final int TIMEOUT_MILLIS = 10_000;

  @ParameterizedTest
  @ValueSource(strings = {"100", "0 100", "100 0", "1 0 99", "50 0 0 50 0", "33 33 34"})
  void aBodyIsWhatItsFramesAreTogether(String percents) throws IOException {
    TestWorkspace workspace = TestWorkspace.create();
    String body =
        """
        {"source_key": "%s", "key": "k", "info": {"full_name": "Ada Lovelace", "summary": "%s"}}"""
            .formatted(workspace.sourceKey(), "é".repeat(2_000));
    for (boolean declared : new boolean[] {true, false}) {
      byte[] bytes = body.getBytes(UTF_8);
      Map<String, String> headers = new LinkedHashMap<>(Map.of("x-api-key", workspace.allKey()));
      if (declared) {
        headers.put("content-length", Integer.toString(bytes.length));
      }
      try (Socket socket = new Socket("localhost", RestAssured.port)) {
        socket.setSoTimeout(TIMEOUT_MILLIS);
        String answer =
            Http2.exchange(socket, "PUT", "/v1/profile/indexing", headers, frames(bytes, percents));

        assertThat(answer)
            .as("declared: " + declared)
            .startsWith(declared ? "{\"code\":201," : "{\"code\":200,")
            .contains("\"full_name\":\"Ada Lovelace\"", "é".repeat(2_000) + "\"")
            .endsWith("}}");
      }
    }
  }

  /** The trailers of HTTP/1.1 end a body with a piece that is empty, too. */
  @Test
  void aBodyIsWhatItsChunksAreTogether() throws IOException {
    TestWorkspace workspace = TestWorkspace.create();
    String body =
        "{\"source_key\":\"%s\",\"key\":\"k\",\"info\":{\"full_name\":\"Ada Lovelace\"}}"
            .formatted(workspace.sourceKey());
    String request =
        "PUT /v1/profile/indexing HTTP/1.1\r\nHost: localhost\r\nX-API-KEY: "
            + workspace.allKey()
            + "\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n";
    String chunks =
        "1\r\n{\r\n%x\r\n%s\r\n0\r\nX-Sum: 1\r\n\r\n"
            .formatted(body.length() - 1, body.substring(1));

    assertThat(RawConnection.exchange(request + chunks).text())
        .startsWith("{\"code\":201,")
        .contains("\"full_name\":\"Ada Lovelace\"");
  }

  private static List<byte[]> frames(byte[] body, String percents) {
    int[] start = {0};
    int[] sum = {0};
    return Stream.of(percents.split(" "))
        .map(
            percent -> {
              sum[0] += Integer.parseInt(percent);
              int end = body.length * sum[0] / 100;
              byte[] frame = Arrays.copyOfRange(body, start[0], end);
              start[0] = end;
              return frame;
            })
        .toList();
  }
}
