package io.vitae.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vitae.testing.Answer;
import io.vitae.testing.Api;
import io.vitae.testing.PostgresResource;
import io.vitae.testing.RawConnection;
import io.vitae.testing.TestWorkspace;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests that no client should send. {@link Answer} holds every answer to the contract: bare
 * {@code application/json} and the envelope, whoever answers.
 */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class BrokenHttpQuarkusTest {
  private TestWorkspace workspace;
  private Api api;

  @BeforeEach
  void newWorkspace() {
    workspace = TestWorkspace.create();
    api = Api.of(workspace);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "application/json; charset=utf-8",
        "text/plain;charset=UTF-8",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "multipart/form-data",
        "application/xml",
        "nonsense",
        "a/b/c;;=",
        ""
      })
  void theContentTypeOfARequestDoesNotMatter(String type) throws IOException {
    String line = type.isEmpty() ? "" : "Content-Type: " + type + "\r\n";
    String body = profile("k");

    RawConnection.exchange(head("PUT", Api.INDEXING, line) + length(body) + body).created();
    RawConnection.exchange(head("PUT", Api.INDEXING, line) + length("no") + "no")
        .failed(400, "Invalid JSON");
    RawConnection.exchange(head("GET", query("key=k"), line) + "\r\n").found();
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "application/xml;q=0.9", "nonsense", "image/*", "*/*", ""})
  void anAcceptHeaderDoesNotMatter(String accept) throws IOException {
    String line = "Accept: " + accept + "\r\n";
    String body = profile("k");

    RawConnection.exchange(head("PUT", Api.INDEXING, line) + length(body) + body).created();
    RawConnection.exchange(head("GET", query("key=k"), line) + "\r\n").found();
    RawConnection.exchange(head("GET", "/v1/nothing", line) + "\r\n").failed(404, "Not found");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/v1",
        "/v1/",
        "/v1/nothing",
        "/v1/profile/indexing/nothing",
        "/v2/profile/indexing",
        "/v1/profile//indexing/x",
        "/v1/..%2f..%2fetc/passwd",
        "/%00",
        "/favicon.ico",
        "*"
      })
  void whatIsNotThereIsNotFound(String path) throws IOException {
    RawConnection.exchange(head("GET", path, "") + "\r\n").failed(404, "Not found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"DELETE", "PATCH", "TRACE", "PROPFIND", "X"})
  void otherMethodsAreNotAllowed(String method) throws IOException {
    RawConnection.exchange(head(method, Api.INDEXING, "") + "\r\n")
        .failed(405, "Method not allowed");
  }

  @Test
  void headHasTheHeadersOfGetAndNoBody() throws IOException {
    api.send("PUT", profile("k")).created();
    try (RawConnection connection = RawConnection.open()) {
      String head = connection.send(head("HEAD", query("key=k"), "") + "\r\n").readHead();

      assertThat(head).startsWith("HTTP/1.1 200 ").containsIgnoringCase("\netag: \"1\"\n");
      assertThat(head.toLowerCase(Locale.ROOT)).contains("\ncontent-type: application/json\n");
      // What follows is the next answer: there was no body in between.
      connection.send(head("GET", query("key=k"), "") + "\r\n").read().found();
    }
  }

  @Test
  void aMethodThatIsNotAllowedIsToldWhichOnesAre() throws IOException {
    for (Map.Entry<String, String> route : Routes.METHODS.entrySet()) {
      List<String> known = List.of(route.getValue().split(", "));
      for (String method : List.of("DELETE", "GET", "PATCH", "POST", "PUT", "TRACE")) {
        try (RawConnection connection = RawConnection.open()) {
          String answer =
              connection
                  .send(head(method, route.getKey(), "Content-Length: 0\r\n") + "\r\n")
                  .readHead();

          assertThat(answer.startsWith("HTTP/1.1 405 ")).isEqualTo(!known.contains(method));
          assertThat(allowed(answer)).isEqualTo(known.contains(method) ? "" : route.getValue());
        }
      }
    }
  }

  private static String allowed(String head) {
    return head.lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("allow: "))
        .flatMap(line -> Stream.of(line.substring("allow: ".length()).split(", ?")))
        .sorted()
        .collect(Collectors.joining(", "));
  }

  @Test
  void optionsIsNoServerError() throws IOException {
    try (RawConnection connection = RawConnection.open()) {
      String head = connection.send(head("OPTIONS", Api.INDEXING, "") + "\r\n").readHead();

      assertThat(head).startsWith("HTTP/1.1 2").containsIgnoringCase("\nallow: ");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/profile/indexing?source_key=%zz",
        "/v1/profile/indexing?source_key=5&key=%",
        "/v1/profile/indexing?%zz=1",
        "/v1/%zz",
        "/v1/profile/indexing%",
        "/v1/profile/indexing%2",
        "/%zz"
      })
  void anAddressThatCannotBeReadIsAnInvalidRequest(String path) throws IOException {
    RawConnection.exchange(head("GET", path, "") + "\r\n").failed(400, "Invalid request");
    RawConnection.exchange(head("PUT", path, "") + length("{}") + "{}")
        .failed(400, "Invalid request");
  }

  @Test
  void bareJsonInAQueryIsReadAsItStands() throws IOException {
    String path = "/v1/profile/indexing?key=k&source_key=[\"5\",{\"a\":1}]|";
    RawConnection.exchange(head("GET", path, "") + "\r\n")
        .failed(400, "Invalid source fields. Unable to find object: source");
  }

  @Test
  void aConnectionOutlivesAnAddressThatCannotBeRead() throws IOException {
    api.send("PUT", profile("k")).created();
    try (RawConnection connection = RawConnection.open()) {
      String broken = head("PUT", "/v1/%zz", "") + length("{}") + "{}";
      connection.send(broken).read().failed(400, "Invalid request");
      connection.send(head("GET", query("key=k"), "") + "\r\n").read().found();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "key=%00, Invalid parameters. Unable to find object: profile",
    "reference=a%00b, Invalid parameters. Unable to find object: profile",
    "email=%00@example.com, Invalid parameters. Unable to find object: profile",
    "key=%ff%fe, Invalid parameters. Unable to find object: profile",
    "reference=%ed%a0%80, Invalid parameters. Unable to find object: profile",
    "key=%F0%9F%A6%89, Invalid parameters. Unable to find object: profile"
  })
  void bytesThatNoNameHasFindNothing(String parameter, String message) throws IOException {
    RawConnection.exchange(head("GET", query(parameter), "") + "\r\n").failed(400, message);
  }

  @Test
  void aNulInTheSourceKeyFindsNoSource() throws IOException {
    String path = Api.INDEXING + "?source_key=%00&key=k";

    RawConnection.exchange(head("GET", path, "") + "\r\n")
        .failed(400, "Invalid source fields. Unable to find object: source");
  }

  @Test
  void aBodyThatEndsEarlyIsDroppedAndStoresNothing() throws IOException {
    String body = profile("early");
    try (RawConnection connection = RawConnection.open()) {
      connection
          .send(head("PUT", Api.INDEXING, "") + "Content-Length: " + (body.length() + 9))
          .send("\r\n\r\n" + body)
          .finish();
      assertThat(connection.readToEnd()).doesNotContain("HTTP/1.1 2").doesNotContain(" 500 ");
    }
    api.get("key", "early").failed(400, "Invalid parameters. Unable to find object: profile");
  }

  @Test
  void bytesAfterTheDeclaredLengthAreNoPartOfTheBody() throws IOException {
    String body = profile("k");
    try (RawConnection connection = RawConnection.open()) {
      connection.send(head("PUT", Api.INDEXING, "") + length(body) + body + "}}}\r\n\r\n");

      connection.read().created();
      assertThat(connection.readToEnd()).matches("(?s)HTTP/1\\.\\d 4.*");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 2\r\nContent-Length: 3\r\n",
        "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n",
        "Content-Length: -1\r\n",
        "Content-Length: two\r\n",
        "Bad Header\r\n",
        "Bad\u0001Name: x\r\n",
        "X-Bad-Value: a\u0000b\r\n"
      })
  void aMessageThatCannotBeFramedIsRefusedAndTheConnectionClosed(String lines) throws IOException {
    refusedByTheCodec(head("PUT", Api.INDEXING, lines) + "\r\n{}");
  }

  @Test
  void aRequestWithoutAHostIsAnInvalidRequest() throws IOException {
    String request = "GET " + query("key=k") + " HTTP/1.1\r\nX-API-KEY: " + workspace.allKey();

    RawConnection.exchange(request + "\r\n\r\n").failed(400, "Invalid request");
  }

  @Test
  void aLineOrHeadersTooLongAreRefused() throws IOException {
    String longKey = "x".repeat(20_000);

    refusedByTheCodec(head("GET", query("key=" + longKey), "") + "\r\n");
    refusedByTheCodec(head("GET", query("key=k"), "X: " + longKey + "\r\n") + "\r\n");
  }

  /** Nobody knows where such a body ends, so what follows must not be taken for a request. */
  @Test
  void anUnknownTransferEncodingEndsTheConnection() throws IOException {
    String lines = "Transfer-Encoding: nonsense\r\n";
    try (RawConnection connection = RawConnection.open()) {
      connection
          .send(head("PUT", Api.INDEXING, lines) + "\r\n{}")
          .read()
          .failed(400, "Invalid request");
      assertThat(connection.isClosed()).isTrue();
    }
  }

  @Test
  void http10IsAnsweredAndClosed() throws IOException {
    api.send("PUT", profile("k")).created();
    String request =
        "GET " + query("key=k") + " HTTP/1.0\r\nX-API-KEY: " + workspace.allKey() + "\r\n\r\n";
    try (RawConnection connection = RawConnection.open()) {
      connection.send(request).read().found();
      assertThat(connection.readToEnd()).isEmpty();
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws IOException {
    String first = profile("first");
    String second = "no json";
    try (RawConnection connection = RawConnection.open()) {
      connection.send(
          head("PUT", Api.INDEXING, "")
              + length(first)
              + first
              + head("PUT", Api.INDEXING, "")
              + length(second)
              + second
              + head("GET", query("key=first"), "")
              + "\r\n"
              + head("GET", "/v1/nothing", "")
              + "\r\n");

      connection.read().created();
      connection.read().failed(400, "Invalid JSON");
      connection.read().found();
      connection.read().failed(404, "Not found");
    }
  }

  @Test
  void anExpectationIsMetBeforeTheBodyIsSent() throws IOException {
    String body = profile("k");
    try (RawConnection connection = RawConnection.open()) {
      String expectation = "Expect: 100-continue\r\n";
      connection.send(head("PUT", Api.INDEXING, expectation) + length(body));
      assertThat(connection.readHead()).startsWith("HTTP/1.1 100 ");
      connection.send(body).read().created();
    }
  }

  @Test
  void aBodyInOneByteChunksIsOneBody() throws IOException {
    StringBuilder chunks = new StringBuilder();
    profile("k").chars().forEach(c -> chunks.append("1\r\n").append((char) c).append("\r\n"));

    RawConnection.exchange(
            head("PUT", Api.INDEXING, "Transfer-Encoding: chunked\r\n")
                + "\r\n"
                + chunks
                + "0\r\n\r\n")
        .created();
  }

  @Test
  void aBodyOnAGetIsIgnored() {
    api.send("PUT", profile("k")).created();

    api.send("GET", query("key=k"), BodyPublishers.ofString("{\"key\":")).found();
  }

  /**
   * What is no HTTP message never becomes a request: the server's codec answers with a status alone
   * and closes the connection.
   */
  private static void refusedByTheCodec(String message) throws IOException {
    try (RawConnection connection = RawConnection.open()) {
      assertThat(connection.send(message).readToEnd())
          .matches("(?s)HTTP/1\\.\\d 4\\d\\d .*content-length: 0\r\n\r\n");
    }
  }

  private String profile(String key) {
    return "{\"source_key\":\"%s\",\"key\":\"%s\",\"info\":{}}"
        .formatted(workspace.sourceKey(), key);
  }

  private String query(String parameters) {
    return Api.INDEXING + "?source_key=" + workspace.sourceKey() + "&" + parameters;
  }

  private String head(String method, String path, String lines) {
    return "%s %s HTTP/1.1\r\nHost: localhost\r\nX-API-KEY: %s\r\n%s"
        .formatted(method, path, workspace.allKey(), lines);
  }

  private static String length(String body) {
    return "Content-Length: " + body.length() + "\r\n\r\n";
  }
}
