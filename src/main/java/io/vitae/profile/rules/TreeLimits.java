package io.vitae.profile.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitae.json.Extent;
import io.vitae.json.Pointer;
import io.vitae.json.Text;
import io.vitae.profile.document.Fields;
import java.math.BigDecimal;
import java.util.Map;

/**
 * What holds for every value of a profile, known or not: sizes, characters and numbers (contract,
 * "Limits" and "Never stored"). Walks the tree once; an object of this class is one walk.
 */
final class TreeLimits {
  static final String TOO_DEEP = "is nested too deep";
  static final String NAME_TOO_LONG =
      "must have member names of at most " + Pointer.MAX_NAME_LENGTH + " characters";
  static final String NUMBER_OUT_OF_RANGE =
      "must be a number in the range of binary64 and of at most 1000 digits written out";

  /** Most digits of a number written out: what is answered must be readable again. */
  static final int MAX_DIGITS = 1000;

  /** Most digits that writing out adds to all numbers together, as in {@code 1e300}. */
  static final int MAX_ADDED_DIGITS = 100_000;

  /** Decimal exponents of binary64 that need no closer look. */
  private static final int SAFE_EXPONENT = 300;

  private final ProfileLimits limits;
  private final Violations violations;
  private long addedDigits;

  TreeLimits(ProfileLimits limits, Violations violations) {
    this.limits = limits;
    this.violations = violations;
  }

  /** Whether a document of such an extent keeps all of this, so that it needs no walk. */
  static boolean areKept(ProfileLimits limits, Extent extent) {
    return extent.storable()
        && extent.common()
        && extent.depth() <= limits.depth()
        && extent.nameLength() <= Pointer.MAX_NAME_LENGTH
        && extent.stringLength() <= limits.stringLength()
        && extent.arrayLength() <= limits.listEntries();
  }

  /** Checks a profile, except the members that are ignored or are judged with its identity. */
  void check(ObjectNode profile, Pointer at) {
    for (Map.Entry<String, JsonNode> member : profile.properties()) {
      if (!Fields.NOT_STORED.contains(member.getKey())) {
        member(member.getKey(), member.getValue(), at, 1);
      }
    }
  }

  private void container(JsonNode container, Pointer at, int depth) {
    if (depth > limits.depth()) {
      violations.add(at, ViolationCode.TOO_DEEP, TOO_DEEP);
      return;
    }
    if (container.isObject()) {
      for (Map.Entry<String, JsonNode> member : container.properties()) {
        member(member.getKey(), member.getValue(), at, depth);
      }
      return;
    }
    if (container.size() > limits.listEntries()) {
      violations.add(
          at,
          ViolationCode.TOO_MANY_ENTRIES,
          "must have at most " + limits.listEntries() + " entries");
      return;
    }
    for (int i = 0; i < container.size() && !violations.isFull(); i++) {
      JsonNode element = container.get(i);
      if (!isFineScalar(element)) {
        inspect(element, at.child(i), depth);
      }
    }
  }

  private void member(String name, JsonNode value, Pointer at, int depth) {
    if (violations.isFull()) {
      return;
    }
    if (Text.isLongerThan(name, Pointer.MAX_NAME_LENGTH)) {
      violations.add(at, ViolationCode.TOO_LONG, NAME_TOO_LONG);
    } else if (!Text.isStorable(name)) {
      violations.add(
          at,
          ViolationCode.INVALID_CHARACTER,
          "must have member names without NUL characters and lone surrogates");
    } else if (!isFineScalar(value)) {
      inspect(value, at.child(name), depth);
    }
  }

  /** The quick answer for nearly every value, before its pointer is made. */
  private boolean isFineScalar(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> !Text.isLongerThan(value, limits.stringLength()) && Text.isStorable(value);
      case NUMBER -> value.isInt() || value.isLong();
      case BOOLEAN, NULL -> true;
      case ARRAY, OBJECT, BINARY, MISSING, POJO -> false;
    };
  }

  private void inspect(JsonNode value, Pointer at, int depth) {
    if (value.isContainerNode()) {
      container(value, at, depth + 1);
    } else if (value.isNumber()) {
      number(value.decimalValue(), at);
    } else if (Text.isLongerThan(value, limits.stringLength())) {
      violations.add(
          at, ViolationCode.TOO_LONG, "must have at most " + limits.stringLength() + " characters");
    } else {
      violations.add(
          at,
          ViolationCode.INVALID_CHARACTER,
          "must not contain NUL characters or lone surrogates");
    }
  }

  private void number(BigDecimal number, Pointer at) {
    long digits = digitsWrittenOut(number);
    boolean fine = digits <= MAX_DIGITS && isBinary64(number);
    if (fine) {
      addedDigits += digits - number.precision();
    }
    if (!fine || addedDigits > MAX_ADDED_DIGITS) {
      violations.add(at, ViolationCode.NUMBER_OUT_OF_RANGE, NUMBER_OUT_OF_RANGE);
    }
  }

  /** Digits in plain notation, as stored and answered: 1e300 has 301, 1e-2 has 3. */
  private static long digitsWrittenOut(BigDecimal number) {
    long scale = number.scale();
    return scale <= 0 ? number.precision() - scale : Math.max(number.precision(), scale + 1);
  }

  /** Whether the number neither overflows nor underflows as binary64 (RFC 8259, section 6). */
  private static boolean isBinary64(BigDecimal number) {
    long exponent = (long) number.precision() - number.scale();
    if (number.signum() == 0 || Math.abs(exponent) < SAFE_EXPONENT) {
      return true;
    }
    double nearest = number.doubleValue();
    return !Double.isInfinite(nearest) && nearest != 0;
  }
}
