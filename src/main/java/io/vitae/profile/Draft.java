package io.vitae.profile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.vitae.access.Caller;
import io.vitae.consent.Consent;
import io.vitae.profile.document.Completion;
import io.vitae.profile.document.Fields;
import io.vitae.profile.document.Normaliser;
import io.vitae.profile.document.Patch;
import io.vitae.profile.rules.IdentityRules;
import io.vitae.profile.rules.IsoDateTime;
import io.vitae.profile.rules.ProfileRules;
import io.vitae.profile.store.ProfileWrite;
import io.vitae.source.Source;
import io.vitae.wire.FieldError;
import io.vitae.wire.ServerTime;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * What a body that keeps the rules asks for. Nothing of it refers to the body: while the write
 * waits for the database, the tree is not copied about by the garbage collector.
 *
 * @param key the profile's, or a new one
 * @param byReference whether the body names its profile by reference only
 * @param reference null for none
 * @param referenceGiven whether the body says something about the reference
 * @param patch what to merge
 * @param missing what a first write adds
 * @param statesConsent whether the body has a consent
 * @param createdAt the creation date that the body states, if any
 * @param hasInfo whether it could be a profile's first write
 * @param pointer where the profile stands in the body
 * @param referencePointer where the reference stands in the body, or would
 */
record Draft(
    String key,
    boolean byReference,
    String reference,
    boolean referenceGiven,
    Patch patch,
    Completion missing,
    boolean statesConsent,
    Optional<OffsetDateTime> createdAt,
    OffsetDateTime now,
    boolean hasInfo,
    String pointer,
    String referencePointer) {

  static Draft of(ProfileBody body, String key, boolean byReference, OffsetDateTime now) {
    ObjectNode profile = body.profile();
    ProfileBody.Identifier reference = body.reference();
    return new Draft(
        key,
        byReference,
        reference.value().textValue(),
        !reference.value().isMissingNode(),
        Normaliser.patch(profile, body.length()),
        Completion.of(profile, ServerTime.format(now)),
        profile.has(Fields.CONSENT),
        Optional.ofNullable(profile.path(Fields.CREATED_AT).textValue())
            .flatMap(IsoDateTime::parseLenient),
        now,
        body.hasInfo(),
        body.pointer(),
        reference.pointer());
  }

  /** What a first write without {@code info} is told. */
  FieldError infoRequired() {
    return ProfileReader.toError(ProfileRules.infoRequired(pointer));
  }

  /** What a write is told whose reference belongs to another profile. */
  FieldError referenceTaken() {
    return ProfileReader.toError(IdentityRules.conflict(referencePointer));
  }

  ProfileWrite write(Caller caller, Source source, ProfileWrite.Permit permit) {
    return new ProfileWrite(
        caller.workspaceId(),
        source.id(),
        key,
        byReference,
        reference,
        referenceGiven,
        patch,
        missing,
        statesConsent
            ? Optional.of(Buffer.buffer(new Consent(source.defaultConsent()).blockText()))
            : Optional.empty(),
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
