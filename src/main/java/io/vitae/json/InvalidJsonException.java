package io.vitae.json;

import java.util.Optional;

/**
 * A body that is not one JSON object in UTF-8, or one past a limit of the parser.
 *
 * <p>Its message is fixed, and what it says beside that never quotes the document, which is
 * personal data. It has no stack trace, so that hostile bodies stay cheap.
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
   * Why a body is not one JSON object.
   *
   * @param pointer RFC 6901 pointer into the body; empty for the whole of it
   * @param message an English phrase for people; it never quotes the body
   */
  public record Fault(String pointer, String message) {}

  /**
   * Which limit was passed, and where.
   *
   * @param limit the limit
   * @param pointer RFC 6901 pointer into the body
   */
  public record Exceeded(Limit limit, String pointer) {}

  private final transient Exceeded exceeded;
  private final transient Fault fault;

  private InvalidJsonException(String message, Exceeded exceeded, Fault fault) {
    super(message, null, false, false);
    this.exceeded = exceeded;
    this.fault = fault;
  }

  static InvalidJsonException malformed(String reason) {
    return malformed(Pointer.root(""), reason);
  }

  static InvalidJsonException malformed(Pointer pointer, String reason) {
    return new InvalidJsonException(
        "The body is not one JSON object in UTF-8", null, new Fault(pointer.toString(), reason));
  }

  static InvalidJsonException exceeded(Limit limit, Pointer pointer) {
    return new InvalidJsonException(
        "The body is past a limit of the JSON parser",
        new Exceeded(limit, pointer.toString()),
        null);
  }

  /** Why the body is not one JSON object; empty when it is past a limit. */
  public Optional<Fault> fault() {
    return Optional.ofNullable(fault);
  }

  /** The limit that was passed; empty when the body is not one JSON object. */
  public Optional<Exceeded> exceeded() {
    return Optional.ofNullable(exceeded);
  }
}
