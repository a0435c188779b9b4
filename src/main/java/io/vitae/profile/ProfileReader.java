package io.vitae.profile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.vitae.access.Caller;
import io.vitae.consent.Consent;
import io.vitae.json.InvalidJsonException;
import io.vitae.json.JsonDocument;
import io.vitae.profile.document.Completion;
import io.vitae.profile.document.Fields;
import io.vitae.profile.document.Normaliser;
import io.vitae.profile.rules.IdentityRules;
import io.vitae.profile.rules.IsoDateTime;
import io.vitae.profile.rules.ProfileLimits;
import io.vitae.profile.rules.ProfileRules;
import io.vitae.profile.rules.Violation;
import io.vitae.profile.store.ProfileWrite;
import io.vitae.source.Source;
import io.vitae.wire.ApiException;
import io.vitae.wire.ErrorCode;
import io.vitae.wire.FieldError;
import io.vitae.wire.LimitsConfig;
import io.vitae.wire.ServerTime;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

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
    rules =
        new ProfileRules(
            new ProfileLimits(limits.nesting(), limits.listEntries(), limits.stringLength()),
            clock);
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

  /** Checks the body of a PUT, which must name its profile. */
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

  /** Checks the body of a POST, whose profile gets a key of the server's making. */
  Draft draftOfPost(ProfileBody body) {
    List<Violation> errors = new ArrayList<>(0);
    IdentityRules.reference(body.reference().value(), body.reference().pointer())
        .ifPresent(errors::add);
    if (!hasInfo(body.profile())) {
      errors.add(ProfileRules.infoRequired(body.pointer()));
    }
    return draft(body, errors, newKey(), false);
  }

  private Draft draft(ProfileBody body, List<Violation> errors, String key, boolean byReference) {
    errors.addAll(rules.check(body.profile(), body.pointer(), body.extent()));
    if (!errors.isEmpty()) {
      throw invalid(errors);
    }
    return new Draft(body, key, byReference, now());
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

  private static boolean hasInfo(ObjectNode profile) {
    return profile.hasNonNull(Fields.INFO);
  }

  private static ApiException invalid(List<Violation> violations) {
    return new ApiException(
        ErrorCode.INVALID_PROFILE, violations.stream().map(ProfileReader::toError).toList());
  }

  private static FieldError toError(Violation violation) {
    return new FieldError(violation.field(), violation.code(), violation.message());
  }

  /**
   * A body that keeps the rules.
   *
   * @param key the profile's, or a new one
   * @param byReference whether the body names its profile by reference only
   */
  record Draft(ProfileBody body, String key, boolean byReference, OffsetDateTime now) {
    /** Whether the body could be a profile's first write. */
    boolean hasInfo() {
      return ProfileReader.hasInfo(body.profile());
    }

    /** What a first write without {@code info} is told. */
    FieldError infoRequired() {
      return toError(ProfileRules.infoRequired(body.pointer()));
    }

    /** What a write is told whose reference belongs to another profile. */
    FieldError referenceTaken() {
      return toError(IdentityRules.conflict(body.reference().pointer()));
    }

    ProfileWrite write(Caller caller, Source source, ProfileWrite.Permit permit) {
      ObjectNode profile = body.profile();
      Optional<OffsetDateTime> createdAt =
          Optional.ofNullable(profile.path(Fields.CREATED_AT).textValue())
              .flatMap(IsoDateTime::parseLenient);
      Optional<Buffer> shownConsent =
          profile.has(Fields.CONSENT)
              ? Optional.of(Buffer.buffer(new Consent(source.defaultConsent()).blockText()))
              : Optional.empty();
      return new ProfileWrite(
          caller.workspaceId(),
          source.id(),
          key,
          byReference,
          body.reference().value().textValue(),
          !body.reference().value().isMissingNode(),
          Normaliser.patch(profile, body.length()),
          Completion.of(profile, ServerTime.format(now)),
          shownConsent,
          createdAt,
          now,
          caller.email(),
          permit);
    }

    @Override
    public String toString() {
      return "Draft[redacted]";
    }
  }
}
