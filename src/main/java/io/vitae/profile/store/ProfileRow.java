package io.vitae.profile.store;

import java.time.OffsetDateTime;

/**
 * A stored profile.
 *
 * @param id the database's number for it
 * @param key unique in its source
 * @param reference the client's own name for it, unique in its source; null when it has none
 * @param version 1 on creation, one more with every change
 * @param updatedAt of the last change
 * @param archivedAt null unless archived
 * @param consentStated whether the document has a consent block
 * @param document JSON text of an object
 */
public record ProfileRow(
    long id,
    String key,
    String reference,
    long version,
    OffsetDateTime updatedAt,
    OffsetDateTime archivedAt,
    boolean consentStated,
    String document) {

  @Override
  public String toString() {
    return "ProfileRow[id=" + id + ", version=" + version + ", document=redacted]";
  }
}
