package io.vitae.profile.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitae.json.Text;
import java.util.Optional;

/** The rules for what names a profile: its {@code key} and its {@code reference}. */
public final class IdentityRules {
  /** Longest profile key. */
  public static final int MAX_KEY_LENGTH = 128;

  /** Longest reference, in Unicode code points. */
  public static final int MAX_REFERENCE_LENGTH = 255;

  private IdentityRules() {}

  /** Whether a string can be a profile's key: {@code [A-Za-z0-9._:-]{1,128}}. */
  public static boolean isKey(String text) {
    if (text.isEmpty() || text.length() > MAX_KEY_LENGTH) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (!isKeyCharacter(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether a string can be a profile's reference: 1 to 255 characters, none of them a control
   * character or a lone surrogate.
   */
  public static boolean isReference(String text) {
    if (text.isEmpty() || Text.isLongerThan(text, MAX_REFERENCE_LENGTH) || !Text.isStorable(text)) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Judges what a body has for a profile's key; absent and null name nothing and are fine.
   *
   * @param value any JSON value, or a missing node
   * @param pointer where it stands, an RFC 6901 pointer
   */
  public static Optional<Violation> key(JsonNode value, String pointer) {
    return namesNothing(value) || (value.isTextual() && isKey(value.textValue()))
        ? Optional.empty()
        : Optional.of(
            Violation.of(
                pointer,
                ViolationCode.INVALID_KEY,
                "must be a string of 1 to 128 of the characters A-Z a-z 0-9 . _ : -"));
  }

  /** Judges what a body has for a profile's reference, as {@link #key} does. */
  public static Optional<Violation> reference(JsonNode value, String pointer) {
    return namesNothing(value) || (value.isTextual() && isReference(value.textValue()))
        ? Optional.empty()
        : Optional.of(
            Violation.of(
                pointer,
                ViolationCode.INVALID_REFERENCE,
                "must be a string of 1 to 255 characters without control characters"));
  }

  /** The violation of a PUT that names no profile. */
  public static Violation required(String pointer) {
    return Violation.of(pointer, ViolationCode.REQUIRED, "is required, unless reference is given");
  }

  /** The violation of a reference that belongs to another profile than the one meant. */
  public static Violation conflict(String pointer) {
    return Violation.of(
        pointer, ViolationCode.IDENTITY_CONFLICT, "belongs to another profile of this source");
  }

  private static boolean namesNothing(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }

  private static boolean isKeyCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '.'
        || c == '_'
        || c == ':'
        || c == '-';
  }
}
