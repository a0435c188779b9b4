package io.vitae.wire;

import io.vertx.ext.web.RoutingContext;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The name of one request: in the {@code X-Request-Id} header of its answer, in its log lines, and
 * in the body when the answer is an internal error.
 */
public final class RequestId {
  static final String HEADER = "X-Request-Id";
  private static final String KEY = RequestId.class.getName();
  private static final int MAX_LENGTH = 64;

  private RequestId() {}

  /** The request's id, or {@code "-"} for a request that never passed the front door. */
  public static String of(RoutingContext request) {
    String id = request.get(KEY);
    return id == null ? "-" : id;
  }

  /**
   * Takes the id that a proxy in front gave, if it is harmless in a header and a log line;
   * otherwise makes one.
   */
  static String assign(RoutingContext request) {
    String given = request.request().getHeader(HEADER);
    String id = isHarmless(given) ? given : random();
    request.put(KEY, id);
    return id;
  }

  private static String random() {
    return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
  }

  private static boolean isHarmless(String id) {
    return id != null
        && !id.isEmpty()
        && id.length() <= MAX_LENGTH
        && id.chars().allMatch(RequestId::isHarmless);
  }

  private static boolean isHarmless(int c) {
    return (c >= '0' && c <= '9')
        || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || c == '-'
        || c == '_'
        || c == '.';
  }
}
