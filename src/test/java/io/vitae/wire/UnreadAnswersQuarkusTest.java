package io.vitae.wire;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.PooledByteBufAllocator;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.vertx.core.buffer.impl.VertxByteBufAllocator;
import io.vitae.testing.Eventually;
import io.vitae.testing.Http2;
import io.vitae.testing.PostgresResource;
import io.vitae.testing.TestWorkspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Answers over HTTP/2 that nobody reads take no more than a workspace's share. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class UnreadAnswersQuarkusTest {
  private static final String PATH = "/v1/profile/indexing";
  private static final String REFUSED = "{\"code\":503,\"message\":\"Service unavailable\"}";
  private static final int TIMEOUT_MILLIS = 10_000;

  private static final int STREAMS = 50;

  /** Bytes of the text of a profile, which are nearly all of an answer. */
  private static final int TEXT = 200_000;

  /** Half of the default of {@code vitae.limits.request-bytes}. */
  private static final int SHARE = 8 << 20;

  /** As many answers have room. */
  private static final int ANSWERS = SHARE / TEXT;

  private final TestWorkspace greedy = TestWorkspace.create();
  private final TestWorkspace neighbour = TestWorkspace.create();

  @Test
  void theyAreBoundedAndOthersAreServed() throws Exception {
    put(greedy);
    put(neighbour);
    long before = used();
    try (Socket one = connect();
        Socket another = connect()) {
      ask(one);
      ask(another);

      // A buffer is up to a quarter larger than what is in it.
      assertThat(used() - before).isLessThan(SHARE + SHARE / 4);
      assertThat(get(greedy)).as("over HTTP/1.1").isEqualTo(200);
      assertThat(get(neighbour)).isEqualTo(200);
      assertThat(overHttp2(neighbour)).startsWith("{\"code\":200,");

      List<String> answers = new ArrayList<>(Http2.readAtLast(one, STREAMS));
      answers.addAll(Http2.readAtLast(another, STREAMS));
      assertThat(answers)
          .allMatch(answer -> answer.equals(REFUSED) || answer.length() > TEXT)
          .filteredOn(answer -> !answer.equals(REFUSED))
          .hasSize(ANSWERS);
    }
    awaitAnswer(greedy);
  }

  @Test
  void theyEndWithTheirConnection() throws Exception {
    put(greedy);
    long before = used();
    try (Socket socket = connect()) {
      ask(socket);
      assertThat(overHttp2(greedy)).isEqualTo(REFUSED);
    }
    Eventually.await("the memory is given back", () -> used() - before < TEXT);
    awaitAnswer(greedy);
  }

  /** A refusal is the answer to nothing, though what it is asked for may have been done. */
  @Test
  void theirRefusalHasNothingOfTheAnswer() throws Exception {
    put(greedy);
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
    HttpRequest once =
        HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + PATH))
            .header("X-API-KEY", greedy.allKey())
            .header("Idempotency-Key", "once")
            .PUT(
                BodyPublishers.ofString(
                    "{\"source_key\":\"%s\",\"key\":\"k\",\"info\":{}}"
                        .formatted(greedy.sourceKey())))
            .build();
    client.send(once, BodyHandlers.discarding());
    HttpResponse<String> answer = client.send(once, BodyHandlers.ofString());
    assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.headers().map()).containsKeys("etag", "idempotent-replayed");
    try (Socket socket = connect()) {
      ask(socket);

      HttpResponse<String> refusal = client.send(once, BodyHandlers.ofString());

      assertThat(refusal.statusCode()).isEqualTo(503);
      assertThat(refusal.body()).isEqualTo(REFUSED);
      assertThat(refusal.headers().map())
          .containsKey("retry-after")
          .doesNotContainKeys("etag", "idempotent-replayed");
    }
    awaitAnswer(greedy);
  }

  /** What the service does when an answer has gone, or cannot go any more, it does in its time. */
  private static void awaitAnswer(TestWorkspace workspace) throws InterruptedException {
    Eventually.await(
        "there is room again", () -> overHttp2(workspace).startsWith("{\"code\":200,"));
  }

  private void ask(Socket socket) throws IOException {
    Http2.askWithoutReading(socket, STREAMS, path(greedy), key(greedy));
  }

  private static Socket connect() throws IOException {
    Socket socket = new Socket("localhost", RestAssured.port);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    return socket;
  }

  private static void put(TestWorkspace workspace) {
    given()
        .header("X-API-KEY", workspace.allKey())
        .body(
            "{\"source_key\":\"%s\",\"key\":\"k\",\"info\":{},\"text\":\"%s\"}"
                .formatted(workspace.sourceKey(), "x".repeat(TEXT)))
        .put(PATH)
        .then()
        .statusCode(201);
  }

  private static int get(TestWorkspace workspace) {
    return given().header("X-API-KEY", workspace.allKey()).get(path(workspace)).statusCode();
  }

  private static String overHttp2(TestWorkspace workspace) {
    try (Socket socket = connect()) {
      Http2.askWithoutReading(socket, 1, path(workspace), key(workspace));
      return Http2.readAtLast(socket, 1).get(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String path(TestWorkspace workspace) {
    return PATH + "?source_key=" + workspace.sourceKey() + "&key=k";
  }

  private static Map<String, String> key(TestWorkspace workspace) {
    return Map.of("x-api-key", workspace.allKey());
  }

  /** Bytes of buffers that have not been given back. */
  private static long used() {
    return ((PooledByteBufAllocator) VertxByteBufAllocator.POOLED_ALLOCATOR).pinnedDirectMemory();
  }
}
