package io.vitae.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * An answer of the API. To have one is to know that it keeps what the contract promises of every
 * answer ("Every response").
 *
 * @param status the HTTP status
 * @param headers of the answer
 * @param text the body as it came
 * @param json the same, read strictly: no member twice, numbers to the digit
 */
public record Answer(int status, HttpHeaders headers, String text, ObjectNode json) {
  /** Reads without rounding a number and without letting a member come twice. */
  public static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private static final int NOT_MODIFIED = 304;

  private static final Set<String> MEMBERS =
      Set.of("code", "message", "data", "meta", "errors", "request_id");

  /**
   * Reads an answer.
   *
   * @throws AssertionError if it breaks what is promised of every answer
   */
  public static Answer of(int status, HttpHeaders headers, byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    if (status == NOT_MODIFIED) {
      assertThat(text).as("body of a 304").isEmpty();
      return new Answer(status, headers, text, JSON.createObjectNode());
    }
    assertThat(headers.allValues("Content-Type"))
        .as("content type of %s %s", status, text)
        .containsExactly("application/json");
    assertThat(headers.allValues("X-Request-Id")).as("request id").hasSize(1);
    Answer answer = new Answer(status, headers, text, (ObjectNode) parse(text));
    answer.checkEnvelope();
    return answer;
  }

  /** Any JSON text as a tree, read as strictly as answers are. */
  public static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException("Not JSON: " + text, e);
    }
  }

  private void checkEnvelope() {
    assertThat(json.properties())
        .as(text)
        .extracting(java.util.Map.Entry::getKey)
        .isSubsetOf(MEMBERS);
    assertThat(json.path("code").isInt()).as(text).isTrue();
    assertThat(json.path("message").isTextual()).as(text).isTrue();
    assertThat(json.has("data")).as(text).isEqualTo(status < 400);
    if (status < 400) {
      assertThat(json.has("errors")).as(text).isFalse();
      boolean edited = status == 201 && message().equals("Profile edited");
      assertThat(code()).as(text).isEqualTo(edited ? 200 : status);
    } else {
      assertThat(code()).as(text).isEqualTo(status);
    }
  }

  /** The envelope's code. */
  public int code() {
    return json.path("code").intValue();
  }

  /** The envelope's message. */
  public String message() {
    return json.path("message").textValue();
  }

  /** The profile; a missing node in a failure. */
  public JsonNode data() {
    return json.path("data");
  }

  /** Of a list: page, maxPage, count and total. */
  public List<Long> meta() {
    JsonNode meta = json.path("meta");
    assertThat(meta.size()).as(text).isEqualTo(4);
    return Stream.of("page", "maxPage", "count", "total")
        .map(name -> meta.path(name).asLong(-1))
        .toList();
  }

  /** The profiles of a list or of a search, which succeeded. */
  public List<JsonNode> rows() {
    assertThat(status).as(text).isEqualTo(200);
    JsonNode rows = data().isArray() ? data() : data().path("profiles");
    assertThat(rows.isArray()).as(text).isTrue();
    return StreamSupport.stream(rows.spliterator(), false).toList();
  }

  /** The keys of {@link #rows}, in order. */
  public List<String> keys() {
    return rows().stream().map(row -> row.path("key").textValue()).toList();
  }

  /** Asserts that the request was refused for some parameters; each as in {@link #errors}. */
  public Answer refused(String... parameters) {
    assertThat(failed(400, "Invalid parameters").errors())
        .as(text)
        .containsExactlyInAnyOrder(parameters);
    return this;
  }

  /** The entity tag, empty when there is none. */
  public String etag() {
    return headers.firstValue("ETag").orElse("");
  }

  /** The broken rules as {@code pointer code}, in order. */
  public List<String> errors() {
    return JSON.convertValue(json.path("errors"), new TypeReference<List<ObjectNode>>() {}).stream()
        .map(error -> error.path("field").textValue() + " " + error.path("code").textValue())
        .toList();
  }

  /** Asserts status and message of a failure. */
  public Answer failed(int expectedStatus, String expectedMessage) {
    assertThat(status).as(text).isEqualTo(expectedStatus);
    assertThat(message()).isEqualTo(expectedMessage);
    return this;
  }

  /** Asserts that the profile was made by this request. */
  public Answer created() {
    assertThat(status).as(text).isEqualTo(201);
    assertThat(code()).as(text).isEqualTo(201);
    assertThat(message()).isEqualTo("Profile created");
    return this;
  }

  /** Asserts that the profile was there already and has been edited. */
  public Answer edited() {
    assertThat(status).as(text).isEqualTo(201);
    assertThat(code()).as(text).isEqualTo(200);
    assertThat(message()).isEqualTo("Profile edited");
    return this;
  }

  /** Asserts that the profile was found. */
  public Answer found() {
    assertThat(status).as(text).isEqualTo(200);
    assertThat(message()).isEqualTo("Profile details");
    return this;
  }
}
