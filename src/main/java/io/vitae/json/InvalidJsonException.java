package io.vitae.json;

import java.util.Optional;

/**
 * A body that is not one JSON object in UTF-8, or one past a limit of the parser.
 *
 * <p>Its message is fixed and it has no cause: the parser's own messages quote the document, which
 * is personal data. It has no stack trace either, so that hostile bodies stay cheap.
 */
public final class InvalidJsonException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A limit of the parser. */
  public enum Limit {
    /** Objects and arrays are nested deeper than allowed. */
    DEPTH,
    /** A number has more digits, or an exponent of more digits, than the parser reads. */
    NUMBER,
    /** A member name is longer than the parser reads. */
    NAME
  }

  /**
   * Which limit was passed, and where.
   *
   * @param limit the limit
   * @param pointer RFC 6901 pointer into the body
   */
  public record Exceeded(Limit limit, String pointer) {}

  private final transient Exceeded exceeded;

  private InvalidJsonException(String message, Exceeded exceeded) {
    super(message, null, false, false);
    this.exceeded = exceeded;
  }

  static InvalidJsonException malformed() {
    return new InvalidJsonException("The body is not one JSON object in UTF-8", null);
  }

  static InvalidJsonException exceeded(Limit limit, Pointer pointer) {
    return new InvalidJsonException(
        "The body is past a limit of the JSON parser", new Exceeded(limit, pointer.toString()));
  }

  /** The limit that was passed; empty when the body is not one JSON object. */
  public Optional<Exceeded> exceeded() {
    return Optional.ofNullable(exceeded);
  }
}
