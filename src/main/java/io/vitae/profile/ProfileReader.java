package io.vitae.profile;

import io.vitae.json.InvalidJsonException;
import io.vitae.json.JsonDocument;
import io.vitae.profile.document.Normaliser;
import io.vitae.profile.rules.IdentityRules;
import io.vitae.profile.rules.ProfileLimits;
import io.vitae.profile.rules.ProfileRules;
import io.vitae.profile.rules.Violation;
import io.vitae.wire.ApiException;
import io.vitae.wire.ErrorCode;
import io.vitae.wire.FieldError;
import io.vitae.wire.LimitsConfig;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;

/**
 * From the bytes of a body to a write that keeps every rule, or to the errors that say which one it
 * breaks.
 */
@Singleton
class ProfileReader {
  /** A made key is 40 hex digits: 160 random bits, as HrFlow's are. */
  private static final int KEY_BYTES = 20;

  private final JsonDocument json;
  private final ProfileRules rules;
  private final Clock clock = Clock.systemUTC();
  private final SecureRandom random = new SecureRandom();

  ProfileReader(LimitsConfig limits) {
    // One level more for the body that has its profile in a member; the rules judge the depth of
    // the profile itself.
    json = new JsonDocument(limits.nesting() + 1, Normaliser.NAMES);
    rules = rules(limits, clock);
  }

  /** The rules, with the limits of the configuration. */
  static ProfileRules rules(LimitsConfig limits, Clock clock) {
    return new ProfileRules(
        new ProfileLimits(limits.nesting(), limits.listEntries(), limits.stringLength()), clock);
  }

  /**
   * The body as a tree.
   *
   * @throws ApiException {@link ErrorCode#INVALID_JSON} unless it is one JSON object, {@link
   *     ErrorCode#INVALID_PROFILE} when it is past a limit of the parser
   */
  ProfileBody parse(byte[] body) {
    try {
      return ProfileBody.of(json.read(body), body.length);
    } catch (InvalidJsonException e) {
      throw e.exceeded()
          .map(limit -> invalid(List.of(Violation.of(limit))))
          .orElseGet(() -> ApiException.of(e));
    }
  }

  /**
   * Reads the body of a PUT, which must name its profile.
   *
   * @throws ApiException as {@link #parse} and {@link ProfileBody#sourceKey} do
   */
  Reading readPut(byte[] bytes) {
    return read(parse(bytes), this::draftOfPut);
  }

  /** Reads the body of a POST, whose profile gets a key of the server's making. */
  Reading readPost(byte[] bytes) {
    return read(parse(bytes), this::draftOfPost);
  }

  private static Reading read(ProfileBody body, Function<ProfileBody, Draft> draft) {
    String sourceKey = body.sourceKey();
    try {
      return new Reading(sourceKey, draft.apply(body), null);
    } catch (ApiException refusal) {
      return new Reading(sourceKey, null, refusal);
    }
  }

  /** Checks the body of a PUT. */
  Draft draftOfPut(ProfileBody body) {
    List<Violation> identity = new ArrayList<>(0);
    IdentityRules.key(body.key().value(), body.key().pointer()).ifPresent(identity::add);
    IdentityRules.reference(body.reference().value(), body.reference().pointer())
        .ifPresent(identity::add);
    if (!body.key().isGiven() && !body.reference().isGiven()) {
      identity.add(IdentityRules.required(body.key().pointer()));
    }
    boolean byReference = !body.key().isGiven();
    return draft(body, identity, byReference ? newKey() : body.key().value().asText(), byReference);
  }

  /** Checks the body of a POST. */
  Draft draftOfPost(ProfileBody body) {
    List<Violation> errors = new ArrayList<>(0);
    IdentityRules.reference(body.reference().value(), body.reference().pointer())
        .ifPresent(errors::add);
    if (!body.hasInfo()) {
      errors.add(ProfileRules.infoRequired(body.pointer()));
    }
    return draft(body, errors, newKey(), false);
  }

  private Draft draft(ProfileBody body, List<Violation> errors, String key, boolean byReference) {
    errors.addAll(rules.check(body.profile(), body.pointer(), body.extent()));
    if (!errors.isEmpty()) {
      throw invalid(errors);
    }
    return Draft.of(body, key, byReference, now());
  }

  /** The service's clock. */
  Clock clock() {
    return clock;
  }

  private OffsetDateTime now() {
    // PostgreSQL keeps microseconds.
    return OffsetDateTime.now(clock).truncatedTo(ChronoUnit.MICROS);
  }

  private String newKey() {
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    return HexFormat.of().formatHex(key);
  }

  private static ApiException invalid(List<Violation> violations) {
    return new ApiException(
        ErrorCode.INVALID_PROFILE, violations.stream().map(ProfileReader::toError).toList());
  }

  static FieldError toError(Violation violation) {
    return new FieldError(violation.field(), violation.code(), violation.message());
  }

  /**
   * What a body says. Whether its source is there is found out before a client is told that it
   * breaks a rule.
   */
  static final class Reading {
    private final String sourceKey;
    private final Draft draft;
    private final ApiException refusal;

    private Reading(String sourceKey, Draft draft, ApiException refusal) {
      this.sourceKey = sourceKey;
      this.draft = draft;
      this.refusal = refusal;
    }

    String sourceKey() {
      return sourceKey;
    }

    /**
     * What is asked of the source.
     *
     * @throws ApiException {@link ErrorCode#INVALID_PROFILE} when the body breaks a rule
     */
    Draft draft() {
      if (refusal != null) {
        throw refusal;
      }
      return draft;
    }
  }
}
