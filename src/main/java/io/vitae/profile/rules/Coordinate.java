package io.vitae.profile.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitae.profile.document.Fields;
import java.math.BigDecimal;

/** Latitude and longitude in degrees: a number, or a string that holds a decimal number. */
enum Coordinate {
  LATITUDE(Fields.LATITUDE, 90),
  LONGITUDE(Fields.LONGITUDE, 180);

  /** More than any receiver measures, and few enough digits for every reader of the string. */
  static final int MAX_STRING_LENGTH = 32;

  /** What a value is as a coordinate. */
  enum Judgement {
    IN_RANGE,
    OUT_OF_RANGE,
    NOT_A_NUMBER
  }

  private final String field;
  private final int bound;

  Coordinate(String field, int bound) {
    this.field = field;
    this.bound = bound;
  }

  String field() {
    return field;
  }

  /** The largest allowed absolute value. */
  int bound() {
    return bound;
  }

  Judgement judge(JsonNode value) {
    if (value.isNumber()) {
      return judge(value.decimalValue());
    }
    return value.isTextual() && isDecimal(value.textValue())
        ? judge(new BigDecimal(value.textValue()))
        : Judgement.NOT_A_NUMBER;
  }

  private Judgement judge(BigDecimal degrees) {
    return degrees.abs().compareTo(BigDecimal.valueOf(bound)) <= 0
        ? Judgement.IN_RANGE
        : Judgement.OUT_OF_RANGE;
  }

  /** An optional sign, digits, and optionally a point with more digits. */
  private static boolean isDecimal(String text) {
    int length = text.length();
    if (length > MAX_STRING_LENGTH) {
      return false;
    }
    int start = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    int point = text.indexOf('.');
    return point < 0
        ? isDigits(text, start, length)
        : isDigits(text, start, point) && isDigits(text, point + 1, length);
  }

  private static boolean isDigits(String text, int start, int end) {
    for (int i = start; i < end; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return start < end;
  }
}
