package io.vitae.profile.store;

import io.vertx.core.buffer.Buffer;
import io.vitae.profile.document.Completion;
import io.vitae.profile.document.Patch;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/**
 * What a write brings, and what it may do.
 *
 * @param workspaceId the tenant
 * @param sourceId a source of that tenant
 * @param key the profile's key; a new one when the client named the profile by its reference
 * @param byReference whether the reference, not the key, says which profile is meant
 * @param reference the reference to have, or the one that names the profile; null for none
 * @param referenceGiven whether {@code reference} replaces the stored one, also when it is null
 * @param patch the object whose members replace stored ones
 * @param missing the members that a first write adds to the patch to make the document complete
 * @param shownConsent when the patch states a consent, JSON text of the block that answers have
 *     shown if it is the first one
 * @param createdAt the creation date that the client stated, if any
 * @param now the time of the write
 * @param actor who acts, for the audit trail
 * @param permit what the write may do
 */
public record ProfileWrite(
    long workspaceId,
    long sourceId,
    String key,
    boolean byReference,
    String reference,
    boolean referenceGiven,
    Patch patch,
    Completion missing,
    Optional<Buffer> shownConsent,
    Optional<OffsetDateTime> createdAt,
    OffsetDateTime now,
    Optional<String> actor,
    Permit permit) {

  /**
   * What a write may do.
   *
   * @param create whether it may make the profile
   * @param edit whether it may change one that is there
   * @param versions the versions that the one that is there may have; empty for any
   */
  public record Permit(boolean create, boolean edit, Optional<List<Long>> versions) {
    /** Makes a profile, or fails. */
    public static final Permit CREATE_ONLY = new Permit(true, false, Optional.empty());
  }

  @Override
  public String toString() {
    return "ProfileWrite[redacted]";
  }
}
