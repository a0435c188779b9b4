package io.vitae.profile.rules;

import io.vitae.json.InvalidJsonException;

/**
 * One broken rule, as answers list it (contract, "Every response").
 *
 * @param field where: an RFC 6901 JSON Pointer into the body; empty for the whole body
 * @param code which rule, in snake_case: the wire name of a {@link ViolationCode}
 * @param message an English phrase for people; it never quotes the value, which is personal data
 */
public record Violation(String field, String code, String message) {

  static Violation of(String field, ViolationCode code, String message) {
    return new Violation(field, code.wireName(), message);
  }

  /** The violation of a body that the parser gave up on because of a limit. */
  public static Violation of(InvalidJsonException.Exceeded exceeded) {
    return switch (exceeded.limit()) {
      case DEPTH -> of(exceeded.pointer(), ViolationCode.TOO_DEEP, TreeLimits.TOO_DEEP);
      case NUMBER ->
          of(exceeded.pointer(), ViolationCode.NUMBER_OUT_OF_RANGE, TreeLimits.NUMBER_OUT_OF_RANGE);
      case NAME -> of(exceeded.pointer(), ViolationCode.TOO_LONG, TreeLimits.NAME_TOO_LONG);
    };
  }
}
