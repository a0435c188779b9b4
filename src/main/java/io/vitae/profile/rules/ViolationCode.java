package io.vitae.profile.rules;

import java.util.Locale;

/** Every way in which a profile can break the rules; clients may branch on the wire names. */
public enum ViolationCode {
  /** A member that must be there is not. */
  REQUIRED,
  /** The JSON type is not one that the member may have. */
  INVALID_TYPE,
  /** A member that is not known where a typing mistake must not pass: in the consent block. */
  UNKNOWN_FIELD,
  /** Not one of the listed values. */
  INVALID_VALUE,
  /** A number past its bounds. */
  OUT_OF_RANGE,
  /** A string or member name with too many characters. */
  TOO_LONG,
  /** An array with too many entries. */
  TOO_MANY_ENTRIES,
  /** Objects and arrays nested too deep. */
  TOO_DEEP,
  /** A NUL character or a lone surrogate. */
  INVALID_CHARACTER,
  /** A number that binary64 cannot hold, or that takes too many digits to write out. */
  NUMBER_OUT_OF_RANGE,
  /** Not a plausible e-mail address. */
  INVALID_EMAIL,
  /** Not an ISO 8601 date or date-time of the calendar. */
  INVALID_DATE,
  /** A birth date that has not come yet. */
  DATE_IN_FUTURE,
  /** Not a profile key. */
  INVALID_KEY,
  /** Not a profile reference. */
  INVALID_REFERENCE,
  /** Key and reference name two different profiles. */
  IDENTITY_CONFLICT;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** The code in answers, for example {@code invalid_email}. */
  public String wireName() {
    return wireName;
  }
}
