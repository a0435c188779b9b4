package io.vitae.profile.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitae.profile.document.Fields;
import io.vitae.profile.document.Pointer;
import io.vitae.profile.document.Text;
import java.util.ArrayList;
import java.util.List;

/** The rules for what names a profile: its {@code key} and its {@code reference}. */
public final class IdentityRules {
  /** Longest profile key. */
  public static final int MAX_KEY_LENGTH = 128;

  /** Longest reference, in Unicode code points. */
  public static final int MAX_REFERENCE_LENGTH = 255;

  private IdentityRules() {}

  /** Whether a string can be a profile's key: {@code [A-Za-z0-9._:-]{1,128}}. */
  public static boolean isKey(String text) {
    return !text.isEmpty()
        && text.length() <= MAX_KEY_LENGTH
        && text.chars().allMatch(IdentityRules::isKeyCharacter);
  }

  /**
   * Whether a string can be a profile's reference: 1 to 255 characters, none of them a control
   * character or a lone surrogate.
   */
  public static boolean isReference(String text) {
    return !text.isEmpty()
        && !Text.isLongerThan(text, MAX_REFERENCE_LENGTH)
        && Text.isStorable(text)
        && text.chars().noneMatch(Character::isISOControl);
  }

  /**
   * Judges the identity in a profile; absent and null name nothing and are fine.
   *
   * @param profile the profile, or the body of the flat form
   * @param basePointer its place in the body, an RFC 6901 pointer
   * @return the violations, empty if there are none
   */
  public static List<Violation> check(ObjectNode profile, String basePointer) {
    List<Violation> found = new ArrayList<>(0);
    if (profile.hasNonNull(Fields.KEY) && !isKey(text(profile, Fields.KEY))) {
      found.add(
          violation(
              basePointer,
              Fields.KEY,
              ViolationCode.INVALID_KEY,
              "must be 1 to 128 of the characters A-Z a-z 0-9 . _ : -"));
    }
    if (profile.hasNonNull(Fields.REFERENCE) && !isReference(text(profile, Fields.REFERENCE))) {
      found.add(
          violation(
              basePointer,
              Fields.REFERENCE,
              ViolationCode.INVALID_REFERENCE,
              "must be 1 to 255 characters without control characters"));
    }
    return found;
  }

  /** The violation of a body whose key and reference name two different profiles. */
  public static Violation conflict(String basePointer) {
    return violation(
        basePointer,
        Fields.REFERENCE,
        ViolationCode.IDENTITY_CONFLICT,
        "names another profile than the key does");
  }

  private static Violation violation(
      String basePointer, String name, ViolationCode code, String message) {
    return Violation.of(Pointer.root(basePointer).child(name).toString(), code, message);
  }

  /** The string of a member; empty, which is never an identity, when it is no string. */
  private static String text(ObjectNode profile, String name) {
    String text = profile.path(name).textValue();
    return text == null ? "" : text;
  }

  private static boolean isKeyCharacter(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '.'
        || c == '_'
        || c == ':'
        || c == '-';
  }
}
