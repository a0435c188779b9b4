package io.vitae.json;

import com.fasterxml.jackson.databind.JsonNode;

/** Questions about a string that do not depend on which field it is in. */
public final class Text {
  private Text() {}

  /**
   * Whether PostgreSQL can store the string and UTF-8 can carry it back: it has no NUL and no lone
   * surrogate (contract, "Never stored").
   */
  public static boolean isStorable(String text) {
    for (int i = 0, length = text.length(); i < length; i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return false;
      }
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < length
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  /** The same of a string node. */
  public static boolean isStorable(JsonNode node) {
    return (node instanceof TextInBody inBody && inBody.isVerbatim())
        || isStorable(node.textValue());
  }

  /**
   * The string with A to Z in lower case, and all else as it is. The mappings of other letters turn
   * signs into letters of the alphabet, and differ between languages: what compares names of people
   * must not use them.
   */
  public static String asciiLowerCase(String text) {
    StringBuilder lower = new StringBuilder(text);
    for (int i = 0, length = text.length(); i < length; i++) {
      char c = text.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        lower.setCharAt(i, (char) (c + ('a' - 'A')));
      }
    }
    return lower.toString();
  }

  /** Whether the string has more than {@code max} characters, counted as Unicode code points. */
  public static boolean isLongerThan(String text, int max) {
    // A string never has more code points than chars, so most strings need no counting.
    return text.length() > max && text.codePointCount(0, text.length()) > max;
  }

  /** The same of a string node. */
  public static boolean isLongerThan(JsonNode node, int max) {
    return !(node instanceof TextInBody inBody && inBody.isWithin(max))
        && isLongerThan(node.textValue(), max);
  }
}
