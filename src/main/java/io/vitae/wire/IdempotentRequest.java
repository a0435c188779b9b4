package io.vitae.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import io.vitae.json.Sha256;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * By what a request with an {@code Idempotency-Key} is known again. Only digests are kept: a key
 * may say more than its sender thinks.
 *
 * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/">The
 *     Idempotency-Key HTTP Header Field</a>
 * @param key SHA-256 of the key
 * @param digest SHA-256 of the method and the bytes of the body
 */
public record IdempotentRequest(Buffer key, Buffer digest) {
  /** The name of the header. */
  public static final String HEADER = "Idempotency-Key";

  /** The header of an answer that was given before. */
  public static final String REPLAYED = "Idempotent-Replayed";

  /** A string of a structured field (RFC 9651, section 3.3.3). */
  private static final Pattern STRING = Pattern.compile("\"((?:[^\"\\\\]|\\\\[\"\\\\])*)\"");

  private static final Pattern ESCAPE = Pattern.compile("\\\\(.)");
  private static final Pattern KEY = Pattern.compile("[!-~]{1,255}");

  /**
   * Reads the header of a request.
   *
   * @param body of the request, as it came
   * @return empty without the header
   * @throws ApiException {@link ErrorCode#INVALID_REQUEST} unless it is there once with 1 to 255
   *     visible ASCII characters, in quotes or not
   */
  public static Optional<IdempotentRequest> of(RoutingContext request, byte[] body) {
    String value = request.request().getHeader(HEADER);
    if (value == null) {
      return Optional.empty();
    }
    boolean once = request.request().headers().getAll(HEADER).size() == 1;
    String key = once ? unquoted(value.trim()) : "";
    if (!KEY.matcher(key).matches()) {
      throw new ApiException(
          ErrorCode.INVALID_REQUEST,
          List.of(
              new FieldError(
                  HEADER, "invalid_value", "must be 1 to 255 visible ASCII characters, once")));
    }
    MessageDigest sha256 = Sha256.start();
    Buffer ofKey = Buffer.buffer(sha256.digest(key.getBytes(US_ASCII)));
    // No method has a line break in it, so nothing else has the same bytes here.
    sha256.update((request.request().method().name() + '\n').getBytes(US_ASCII));
    return Optional.of(new IdempotentRequest(ofKey, Buffer.buffer(sha256.digest(body))));
  }

  /** What a request is told whose key belongs to another. */
  public static ApiException conflict() {
    return new ApiException(
        ErrorCode.IDEMPOTENCY_KEY_REUSED,
        List.of(
            new FieldError(
                HEADER,
                "conflict",
                "was sent with another method or body before; take a new one")));
  }

  /** The key in a string; of what begins like one and is none, nothing. */
  private static String unquoted(String value) {
    if (!value.startsWith("\"")) {
      return value;
    }
    Matcher string = STRING.matcher(value);
    return string.matches() ? ESCAPE.matcher(string.group(1)).replaceAll("$1") : "";
  }
}
