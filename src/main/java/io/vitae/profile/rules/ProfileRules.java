package io.vitae.profile.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitae.json.Extent;
import io.vitae.json.Pointer;
import io.vitae.profile.document.Fields;
import java.time.Clock;
import java.util.List;

/**
 * All rules for the content of a profile (contract, "Rules (validation)"): strict on consent and
 * info, structural elsewhere. What identifies a profile is judged by {@link IdentityRules}.
 *
 * <p>Every profile that the service ever answered is accepted. The same rules are published as the
 * JSON Schema {@code ProfileWrite} in {@code openapi.yaml}.
 */
public final class ProfileRules {
  private final ProfileLimits limits;
  private final InfoRules info;

  /**
   * The rules under some limits.
   *
   * @param limits the sizes to allow
   * @param clock tells whether a birth date is still to come
   */
  public ProfileRules(ProfileLimits limits, Clock clock) {
    this.limits = limits;
    this.info = new InfoRules(clock);
  }

  /**
   * Finds every broken rule.
   *
   * @param profile a client's profile, not modified; its identity and read-only members are not
   *     looked at
   * @param basePointer the profile's place in the body, an RFC 6901 pointer: empty for the flat
   *     form, {@code /profile} for the nested one
   * @param extent of the profile or of a body that it is in; what is within the limits as a whole
   *     is not walked through for them
   * @return the violations in a fixed order, at most 50; empty when the profile may be stored
   */
  public List<Violation> check(ObjectNode profile, String basePointer, Extent extent) {
    Violations violations = new Violations();
    Pointer root = Pointer.root(basePointer);
    if (!TreeLimits.areKept(limits, extent)) {
      new TreeLimits(limits, violations).check(profile, root);
    }

    Subject subject = new Subject(profile, root, violations);
    subject.object(Fields.CONSENT).ifPresent(ConsentRules::check);
    subject.object(Fields.INFO).ifPresent(info::check);
    scalars(subject);
    SectionRules.check(subject);
    return violations.toList();
  }

  /** The violation of a first write without {@code info}; the caller knows which write is first. */
  public static Violation infoRequired(String basePointer) {
    return Violation.of(
        Pointer.root(basePointer).child(Fields.INFO).toString(),
        ViolationCode.REQUIRED,
        "is required when a profile is created");
  }

  private static void scalars(Subject profile) {
    profile.text(Fields.TEXT);
    duration(profile, Fields.EXPERIENCES_DURATION);
    duration(profile, Fields.EDUCATIONS_DURATION);
    profile
        .string(Fields.TEXT_LANGUAGE)
        .filter(language -> !LanguageCodes.contains(language))
        .ifPresent(
            language ->
                profile.violation(
                    Fields.TEXT_LANGUAGE,
                    ViolationCode.INVALID_VALUE,
                    "must be null or a lower-case ISO 639-1 language code"));
    profile
        .string(Fields.CREATED_AT)
        .filter(date -> IsoDateTime.parseLenient(date).isEmpty())
        .ifPresent(
            date ->
                profile.violation(
                    Fields.CREATED_AT,
                    ViolationCode.INVALID_DATE,
                    "must be null or an ISO 8601 date or date-time"));
  }

  private static void duration(Subject profile, String name) {
    profile.value(name).ifPresent(value -> duration(profile, name, value));
  }

  private static void duration(Subject profile, String name, JsonNode value) {
    if (!value.isNumber()) {
      profile.violation(name, ViolationCode.INVALID_TYPE, "must be a number or null");
    } else if (value.decimalValue().signum() < 0) {
      profile.violation(name, ViolationCode.OUT_OF_RANGE, "must be 0 or more");
    }
  }
}
