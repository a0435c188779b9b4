package io.vitae.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitae.json.JsonDocument;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongFunction;

/** Reads profiles that were just written, to see that they are what was sent. */
final class ReadBack {
  private static final int SAMPLE = 200;
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final JsonDocument JSON = new JsonDocument(64);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String address;
  private final boolean exact;

  /**
   * @param address of the server
   * @param exact whether the server keeps the digits of numbers and derives the keys of experiences
   *     and educations as the service does
   */
  ReadBack(String address, boolean exact) {
    this.address = address;
    this.exact = exact;
  }

  /**
   * What a profile must be.
   *
   * @param query names it
   * @param revision where its revision stands: a JSON pointer
   * @param sent what was sent with some revision
   */
  record Expected(String query, String revision, LongFunction<ObjectNode> sent) {}

  /**
   * Reads a sample.
   *
   * @param written says what the profile must be that was written in some place
   * @param from the first place to look at
   * @param count how many places there are
   * @param least no revision is less than this
   * @throws BenchmarkException when a profile is not as it was sent
   */
  void check(LongFunction<Expected> written, long from, long count, long least) {
    SplittableRandom random = new SplittableRandom(least);
    for (int i = 0; i < Math.min(SAMPLE, count); i++) {
      check(written.apply(from + random.nextLong(count)), least);
    }
  }

  private void check(Expected expected, long least) {
    JsonNode data = get(expected.query());
    long number = number(data.at(expected.revision()).asText());
    if (number < least) {
      throw new BenchmarkException("A profile was not written: " + expected.query());
    }
    // Read again, because a number that was made and one that was read are not equal nodes.
    String stored = JsonDocument.write(Dataset.Stored.of(expected.sent().apply(number)).document());
    ObjectNode document = JSON.parse(stored.getBytes(StandardCharsets.UTF_8));
    for (Map.Entry<String, JsonNode> member : document.properties()) {
      String name = member.getKey();
      boolean ours =
          name.equals("created_at") && member.getValue().asText().equals(Dataset.CREATED_AT);
      if (!ours && !isAsSent(member.getValue(), data.path(name))) {
        throw new BenchmarkException(
            "%s of a profile is not as it was sent: %s%n%s%n%s"
                .formatted(name, expected.query(), member.getValue(), data.path(name)));
      }
    }
  }

  /** The digits at the end of a text. */
  private static long number(String text) {
    int start = text.length();
    while (start > 0 && Character.isDigit(text.charAt(start - 1))) {
      start--;
    }
    return start == text.length() ? 0 : Long.parseLong(text.substring(start));
  }

  private boolean isAsSent(JsonNode sent, JsonNode read) {
    if (exact || !read.isArray()) {
      return sent.equals(same(), read);
    }
    return withoutKeys(sent).equals(same(), withoutKeys(read));
  }

  private Comparator<JsonNode> same() {
    return (sent, read) -> {
      boolean byValue = !exact && sent.isNumber() && read.isNumber();
      boolean same =
          byValue ? sent.decimalValue().compareTo(read.decimalValue()) == 0 : sent.equals(read);
      return same ? 0 : 1;
    };
  }

  private static JsonNode withoutKeys(JsonNode list) {
    JsonNode copy = list.deepCopy();
    copy.forEach(entry -> ((ObjectNode) entry).remove("key"));
    return copy;
  }

  private JsonNode get(String query) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + Paths.PROFILE + query))
            .header("X-API-KEY", Dataset.API_KEY)
            .timeout(TIMEOUT)
            .build();
    try {
      HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (response.statusCode() != 200) {
        throw new BenchmarkException(query + " answered " + response.statusCode());
      }
      return JSON.parse(response.body()).path("data");
    } catch (IOException e) {
      throw new BenchmarkException(query + " failed: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchmarkException("interrupted");
    }
  }
}
