package io.vitae.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.vertx.core.buffer.Buffer;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/**
 * The frame of every answer: {@code {"code", "message", "data"}}, and {@code "errors"} in place of
 * {@code "data"} when a request failed over its fields.
 *
 * <p>Bytes in, bytes out: the data of a profile is already JSON text and is copied, not parsed.
 */
public final class Envelope {
  /**
   * The whole content type: HrFlow's Python client compares the header to the letter and wants no
   * charset.
   */
  public static final String CONTENT_TYPE = "application/json";

  private static final byte[] END = {'}'};

  private Envelope() {}

  /**
   * An answer with data.
   *
   * @param code the envelope's code, not always the HTTP status
   * @param message not empty
   * @param data JSON text
   */
  public static Buffer success(int code, String message, CharSequence data) {
    return bytes(success(code, message, data.length()).append(data).append('}'));
  }

  /**
   * The beginning of an answer, up to its data, which is to be appended.
   *
   * @param room about how many characters the data has
   */
  public static StringBuilder success(int code, String message, int room) {
    return head(new StringBuilder(room + 64), code, message).append(",\"data\":");
  }

  /**
   * An answer whose data ends with an object that is JSON already: a view of it, not parsed.
   *
   * @param answer the beginning of an answer with that of an object, up to and with the comma
   *     before its next member
   * @param rest the object whose members come next, in UTF-8, not empty
   */
  public static Buffer success(StringBuilder answer, Buffer rest) {
    return Buffers.joined(List.of(bytes(answer), rest.slice(1, rest.length()), Buffers.of(END)));
  }

  /** An answer whose code is its HTTP status. */
  public static Response answer(int status, String message, CharSequence data) {
    return response(status, success(status, message, data)).build();
  }

  /**
   * A list.
   *
   * @param data JSON text
   * @param page the page asked for
   * @param count how many entries are on it
   * @param total how many there are on all pages
   */
  public static Response answer(
      String message, CharSequence data, Parameters.Page page, int count, long total) {
    long maxPage = Math.max(1, (total + page.limit() - 1) / page.limit());
    StringBuilder json = success(200, message, data.length() + 64).append(data);
    json.append(",\"meta\":{\"page\":").append(page.number());
    json.append(",\"maxPage\":").append(maxPage);
    json.append(",\"count\":").append(count);
    json.append(",\"total\":").append(total).append("}}");
    return response(200, bytes(json)).build();
  }

  /**
   * An answer with a body of {@link #success} or {@link #failure}, to which headers can be added.
   */
  public static Response.ResponseBuilder response(int status, Buffer body) {
    return Response.status(status).type(MediaType.APPLICATION_JSON_TYPE).entity(body);
  }

  /**
   * The answer to a request that failed; it has no {@code data}.
   *
   * @param requestId shown when the failure is ours, so that the log line can be found
   */
  public static Buffer failure(
      ErrorCode code, String message, List<FieldError> errors, String requestId) {
    StringBuilder json = new StringBuilder(128);
    head(json, code.status(), message);
    if (!errors.isEmpty()) {
      json.append(",\"errors\":[");
      for (int i = 0; i < errors.size(); i++) {
        FieldError error = errors.get(i);
        quote(json.append(i == 0 ? "" : ",").append("{\"field\":"), error.field());
        quote(json.append(",\"code\":"), error.code());
        quote(json.append(",\"message\":"), error.message()).append('}');
      }
      json.append(']');
    }
    if (code == ErrorCode.INTERNAL) {
      quote(json.append(",\"request_id\":"), requestId);
    }
    return bytes(json.append('}'));
  }

  /** Appends {@code text} as a JSON string. */
  public static StringBuilder quote(StringBuilder json, String text) {
    json.append('"');
    if (isPlain(text)) {
      json.append(text);
    } else {
      JsonStringEncoder.getInstance().quoteAsString(text, json);
    }
    return json.append('"');
  }

  /** Whether nothing of it is escaped. The encoder, which copies each character, takes longer. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\') {
        return false;
      }
    }
    return true;
  }

  private static StringBuilder head(StringBuilder json, int code, String message) {
    return quote(json.append("{\"code\":").append(code).append(",\"message\":"), message);
  }

  private static Buffer bytes(StringBuilder json) {
    return Buffers.of(json.toString().getBytes(UTF_8));
  }
}
