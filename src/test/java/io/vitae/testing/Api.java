package io.vitae.testing;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * The API, {@code /v1/profile/indexing} above all, as the holder of one API key calls it. It adds
 * no header that the caller did not ask for, and of every answer it checks the envelope and the
 * published description; see {@link Answer} and {@link OpenApi}.
 */
public final class Api {
  /** The path of put, post and get. */
  public static final String INDEXING = "/v1/profile/indexing";

  /** The path that archives. */
  public static final String ARCHIVE = INDEXING + "/archive";

  /** The path of what is stored. */
  public static final String LIST = "/v1/storing/profiles";

  /** The path of what may be found. */
  public static final String SEARCH = "/v1/profiles/searching";

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();

  private final URI base = URI.create(RestAssured.baseURI + ":" + RestAssured.port);
  private final String key;
  private final String sourceKey;

  private Api(String key, String sourceKey) {
    this.key = key;
    this.sourceKey = sourceKey;
  }

  /** Calls with the key that may do everything, about the workspace's first source. */
  public static Api of(TestWorkspace workspace) {
    return new Api(workspace.allKey(), workspace.sourceKey());
  }

  /** Calls with any text for a key, about any source. */
  public static Api with(String key, String sourceKey) {
    return new Api(key, sourceKey);
  }

  /** The same caller about another source. */
  public Api in(String otherSourceKey) {
    return new Api(key, otherSourceKey);
  }

  /** Puts a profile in the flat form; the source's key is added to the text, nothing changed. */
  public Answer put(String profile) {
    return send("PUT", flat(profile));
  }

  /** Puts a profile in the flat form; the source's key is added. */
  public Answer put(JsonNode profile) {
    return put(profile.toString());
  }

  /** Puts a profile in the flat form without waiting for the answer. */
  public CompletableFuture<Answer> putAsync(String profile) {
    return sendAsync("PUT", flat(profile));
  }

  /** Posts a profile in the flat form. */
  public Answer post(String profile) {
    return send("POST", flat(profile));
  }

  /** Posts a profile in the flat form without waiting for the answer. */
  public CompletableFuture<Answer> postAsync(String profile) {
    return sendAsync("POST", flat(profile));
  }

  /**
   * Gets a profile of the source.
   *
   * @param query names and values by turns, without {@code source_key}
   */
  public Answer get(String... query) {
    StringBuilder path = new StringBuilder(INDEXING).append("?source_key=").append(sourceKey);
    for (int i = 0; i < query.length; i += 2) {
      path.append('&').append(query[i]).append('=').append(encode(query[i + 1]));
    }
    return send("GET", path.toString(), BodyPublishers.noBody());
  }

  /** Lists what the source stores; names and values of the query by turns. */
  public Answer list(String... query) {
    return fetch(LIST, withSource(query));
  }

  /** Searches the source; names and values of the query by turns. */
  public Answer search(String... query) {
    return fetch(SEARCH, withSource(query));
  }

  /** Gets anything; names and values of the query by turns. */
  public Answer fetch(String path, String... query) {
    StringBuilder target = new StringBuilder(path);
    for (int i = 0; i < query.length; i += 2) {
      target.append(i == 0 ? '?' : '&').append(query[i]).append('=').append(encode(query[i + 1]));
    }
    return send("GET", target.toString(), BodyPublishers.noBody());
  }

  /** Archives or unarchives what the body names; the source's key is added. */
  public Answer archive(String body, String... headers) {
    return send("PATCH", ARCHIVE, BodyPublishers.ofString(flat(body)), headers);
  }

  /** Puts a profile under conditions; headers as in {@link #send}. */
  public Answer putIf(String profile, String... headers) {
    return send("PUT", INDEXING, BodyPublishers.ofString(flat(profile)), headers);
  }

  /** As {@link #putIf} or {@link #archive}, without waiting for the answer. */
  public CompletableFuture<Answer> sendAsync(
      String method, String path, String body, String... headers) {
    return CLIENT
        .sendAsync(
            request(method, path, BodyPublishers.ofString(flat(body)), headers),
            HttpResponse.BodyHandlers.ofByteArray())
        .thenApply(Api::answer);
  }

  private String[] withSource(String... query) {
    return Stream.concat(Stream.of("source_keys", "[\"" + sourceKey + "\"]"), Arrays.stream(query))
        .toArray(String[]::new);
  }

  /** Sends any text as a body, as it is. */
  public Answer send(String method, String body) {
    return send(method, INDEXING, BodyPublishers.ofString(body));
  }

  /**
   * Sends anything anywhere.
   *
   * @param headers names and values by turns, beside {@code X-API-KEY}
   */
  public Answer send(String method, String path, BodyPublisher body, String... headers) {
    try {
      return answer(
          CLIENT.send(
              request(method, path, body, headers), HttpResponse.BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private CompletableFuture<Answer> sendAsync(String method, String body) {
    HttpRequest request = request(method, INDEXING, BodyPublishers.ofString(body));
    return CLIENT
        .sendAsync(request, HttpResponse.BodyHandlers.ofByteArray())
        .thenApply(Api::answer);
  }

  private HttpRequest request(String method, String path, BodyPublisher body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path)).timeout(TIMEOUT).method(method, body);
    if (!key.isEmpty()) {
      request.header("X-API-KEY", key);
    }
    return headers.length == 0 ? request.build() : request.headers(headers).build();
  }

  private static Answer answer(HttpResponse<byte[]> response) {
    Answer answer = Answer.of(response.statusCode(), response.headers(), response.body());
    URI target = response.request().uri();
    String query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
    OpenApi.check(response.request().method(), target.getRawPath() + query, answer);
    return answer;
  }

  private String flat(String profile) {
    String members = profile.strip().substring(1).stripLeading();
    String comma = members.startsWith("}") ? "" : ",";
    return "{\"source_key\":\"" + sourceKey + '"' + comma + members;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
