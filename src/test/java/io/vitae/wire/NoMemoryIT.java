package io.vitae.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitae.boot.EmbeddedPostgres;
import io.vitae.testing.Eventually;
import io.vitae.testing.Http2;
import io.vitae.testing.PackagedApp;
import io.vitae.testing.TestWorkspace;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An answer for which there is no memory outside of the heap is refused, and may come later. */
@Timeout(120)
class NoMemoryIT {
  private static final String KEY = "ask_" + TestWorkspace.hex(32);
  private static final String SOURCE = TestWorkspace.hex(40);
  private static final String PATH = "/v1/profile/indexing?source_key=" + SOURCE + "&key=k";

  /** Of these as many as fit leave some for reading requests. */
  private static final int TEXT = 200_000;

  /** More than twice as much as there is. */
  private static final int STREAMS = 100;

  @Test
  void itIsRefusedAndSaidOnceInAWhile() throws Exception {
    try (EmbeddedPostgres database = EmbeddedPostgres.start()) {
      Map<String, String> environment =
          PackagedApp.bootstrapping(PackagedApp.migrating(database), KEY, SOURCE);
      // Otherwise there would be no room for so many answers.
      environment.put("VITAE_LIMITS_REQUESTS", "2000");
      environment.put("VITAE_LIMITS_REQUEST_BYTES", "256M");
      // A connection to the database that breaks for want of memory, too, is waited for no longer.
      environment.put("VITAE_DATABASE_TIMEOUT", "1S");
      // Each thread has memory of its own that it has not given back.
      environment.put("QUARKUS_VERTX_EVENT_LOOPS_POOL_SIZE", "1");
      try (PackagedApp app =
          PackagedApp.start(environment, "-XX:MaxDirectMemorySize=8m").awaitReady()) {
        check(app);
      }
    }
  }

  private static void check(PackagedApp app) throws Exception {
    String body = "{\"source_key\":\"%s\",\"key\":\"k\",\"info\":{},\"text\":\"%s\"}";
    assertThat(app.put(KEY, body.formatted(SOURCE, "x".repeat(TEXT))).statusCode()).isEqualTo(201);
    List<Socket> greedy = new ArrayList<>();
    try {
      HttpResponse<String> refused = get(app);
      while (refused.statusCode() == 200 && greedy.size() < 5) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), app.api("/").getPort());
        greedy.add(socket);
        socket.setSoTimeout(10_000);
        Http2.askWithoutReading(socket, STREAMS, PATH, Map.of("x-api-key", KEY));
        refused = get(app);
      }
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.body()).isEqualTo("{\"code\":503,\"message\":\"Service unavailable\"}");
      assertThat(refused.headers().map()).containsKey("retry-after").doesNotContainKey("etag");
      assertThat(app.health("live")).isEqualTo(200);
    } finally {
      for (Socket socket : greedy) {
        socket.close();
      }
    }
    Eventually.await("there is memory again", () -> get(app).statusCode() == 200);
    // Said again when it has lasted for ten seconds.
    assertThat(app.output().lines().filter(line -> line.contains("\"level\":\"ERROR\"")))
        .hasSizeBetween(1, 3)
        .allMatch(line -> line.contains("No memory for a request"));
    assertThat(app.output()).doesNotContain("OutOfMemoryError");
  }

  private static HttpResponse<String> get(PackagedApp app) {
    return app.send(HttpRequest.newBuilder(app.api(PATH)).header("X-API-KEY", KEY));
  }
}
