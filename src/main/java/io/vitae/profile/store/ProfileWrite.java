package io.vitae.profile.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * What a write brings.
 *
 * @param workspaceId the tenant
 * @param sourceId a source of that tenant
 * @param key the profile's key; a new one when the client named the profile by its reference
 * @param byReference whether the reference, not the key, says which profile is meant
 * @param reference the reference to have, or the one that names the profile; null for none
 * @param referenceGiven whether {@code reference} replaces the stored one, also when it is null
 * @param patch the members that replace stored ones
 * @param missing the members that a first write adds to the patch to make the document complete
 * @param shownConsent the consent block that answers show of a profile that never stated one
 * @param createdAt the creation date that the client stated, if any
 * @param now the time of the write
 * @param actor who acts, for the audit trail
 */
public record ProfileWrite(
    long workspaceId,
    long sourceId,
    String key,
    boolean byReference,
    String reference,
    boolean referenceGiven,
    ObjectNode patch,
    ObjectNode missing,
    ObjectNode shownConsent,
    Optional<OffsetDateTime> createdAt,
    OffsetDateTime now,
    Optional<String> actor) {

  /** What the client calls the profile. */
  public ProfileName name() {
    return byReference ? ProfileName.ofReference(reference) : ProfileName.ofKey(key);
  }

  @Override
  public String toString() {
    return "ProfileWrite[redacted]";
  }
}
