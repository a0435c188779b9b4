package io.vitae.wire;

import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code If-Match} and {@code If-None-Match} ask for (RFC 9110, section 13.1). The entity tag
 * of a profile is its version in quotes.
 *
 * @param mustExist whether {@code If-Match} is there at all: it is false of what does not exist
 * @param matching the versions that {@code If-Match} names; empty when any will do
 * @param mustNotExist whether {@code If-None-Match} is {@code *}
 * @param notMatching the versions that {@code If-None-Match} names
 */
public record Preconditions(
    boolean mustExist,
    Optional<List<Long>> matching,
    boolean mustNotExist,
    List<Long> notMatching) {
  /** An element of a list, which may be empty (section 5.6.1), and what ends it. */
  private static final Pattern ELEMENT =
      Pattern.compile("[ \\t]*+(?:(W/)?\"([^\"]*+)\")?+[ \\t]*+(,|\\z)");

  private static final Pattern VERSION = Pattern.compile("0|[1-9]\\d{0,17}");

  /**
   * Reads the headers of a request. A tag that is not one of ours matches nothing, and neither does
   * a header that is no list of tags.
   */
  public static Preconditions of(RoutingContext request) {
    String ifMatch = header(request, "If-Match");
    String ifNoneMatch = header(request, "If-None-Match");
    boolean any = ifMatch != null && ifMatch.equals("*");
    boolean none = ifNoneMatch != null && ifNoneMatch.equals("*");
    return new Preconditions(
        ifMatch != null,
        ifMatch == null || any ? Optional.empty() : Optional.of(versions(ifMatch, false)),
        none,
        ifNoneMatch == null || none ? List.of() : versions(ifNoneMatch, true));
  }

  /** The entity tag of a version. */
  public static String tag(long version) {
    return "\"" + version + "\"";
  }

  /**
   * For a write, which knows no list of unwanted versions.
   *
   * @throws ApiException {@link ErrorCode#INVALID_REQUEST} when {@code If-None-Match} names
   *     versions
   */
  public Preconditions forWrite() {
    if (!notMatching.isEmpty()) {
      throw new ApiException(
          ErrorCode.INVALID_REQUEST,
          List.of(
              new FieldError(
                  "If-None-Match", "invalid_value", "must be * when something is written")));
    }
    return this;
  }

  /** Whether a version that exists is one that {@code If-Match} accepts. */
  public boolean accepts(long version) {
    return matching.map(versions -> versions.contains(version)).orElse(true);
  }

  /** Whether a reader has this version already: the answer is 304. */
  public boolean isKnown(long version) {
    return mustNotExist || notMatching.contains(version);
  }

  /** {@code If-Match} compares strongly, so a weak tag matches nothing there. */
  private static List<Long> versions(String header, boolean weakToo) {
    List<Long> versions = new ArrayList<>();
    Matcher element = ELEMENT.matcher(header);
    int end = 0;
    do {
      if (!element.region(end, header.length()).lookingAt()) {
        return List.of();
      }
      end = element.end();
      String tag = element.group(2);
      boolean counts = tag != null && (weakToo || element.group(1) == null);
      if (counts && VERSION.matcher(tag).matches()) {
        versions.add(Long.valueOf(tag));
      }
    } while (!element.group(3).isEmpty());
    return versions;
  }

  private static String header(RoutingContext request, String name) {
    List<String> values = request.request().headers().getAll(name);
    return values.isEmpty() ? null : String.join(", ", values).trim();
  }
}
