package io.vitae.profile.rules;

/**
 * Whether a string could be an e-mail address. Plausible, not proven: only sending proves one. So
 * internationalised addresses (RFC 6531) pass, and obvious paste errors do not.
 */
final class EmailAddress {
  /** The longest path SMTP can carry (RFC 5321, with erratum 1690 of RFC 3696). */
  static final int MAX_LENGTH = 254;

  /** Special in address lists (RFC 5322): a sign that more than one address was pasted. */
  private static final String NOT_IN_LOCAL_PART = "@()<>,;:\\[]";

  private EmailAddress() {}

  /** One {@code @} between a local part and a domain of non-empty labels. */
  static boolean isPlausible(String text) {
    int at = text.indexOf('@');
    return at > 0 && isLocalPart(text.substring(0, at)) && isDomain(text.substring(at + 1));
  }

  private static boolean isLocalPart(String local) {
    return local.codePoints().allMatch(c -> isVisible(c) && NOT_IN_LOCAL_PART.indexOf(c) < 0);
  }

  private static boolean isDomain(String domain) {
    return !domain.isEmpty()
        && !domain.startsWith(".")
        && !domain.endsWith(".")
        && !domain.contains("..")
        && domain.codePoints().allMatch(EmailAddress::isDomainCharacter);
  }

  private static boolean isDomainCharacter(int c) {
    if (c >= 0x80) {
      return isVisible(c);
    }
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_'
        || c == '.';
  }

  private static boolean isVisible(int c) {
    return !Character.isISOControl(c) && !Character.isSpaceChar(c);
  }
}
