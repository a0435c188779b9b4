package io.vitae.profile.store;

import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.OptionalInt;

/**
 * A stored profile.
 *
 * @param id the database's number for it
 * @param key unique in its source
 * @param reference the client's own name for it, unique in its source; null when it has none
 * @param version 1 on creation, one more with every change
 * @param createdAt the client's creation date, or the time of the first write
 * @param updatedAt of the last change
 * @param archivedAt null unless archived
 * @param consent a bit for each purpose that both parties consent to, {@code Purpose.bit()}; empty
 *     when no consent was ever stated, and the source's default counts
 * @param document JSON text of an object, in UTF-8: it is passed through unparsed
 */
public record ProfileRow(
    long id,
    String key,
    String reference,
    long version,
    OffsetDateTime createdAt,
    OffsetDateTime updatedAt,
    OffsetDateTime archivedAt,
    OptionalInt consent,
    Buffer document) {

  /** The columns that {@link #of} reads, of a table called {@code p}. */
  public static final String COLUMNS =
      columns("vitae_document_text(p.document, p.text, p.experiences, p.educations)");

  /** The same with a document that holds nothing but {@code created_at}, as the client sent it. */
  public static final String SHORT_COLUMNS =
      columns("jsonb_build_object('created_at', p.document -> 'created_at')::text");

  private static String columns(String document) {
    return """
    p.id, p.key, p.reference, p.version, p.created_at, p.updated_at, p.archived_at, p.consent,
    convert_to(%s, 'UTF8') AS document
    """
        .formatted(document);
  }

  /** A profile from a row with {@link #COLUMNS}. */
  public static ProfileRow of(Row row) {
    return of(row, row.getBuffer("document").getDelegate());
  }

  /** A profile from a row with all of {@link #COLUMNS} but the document. */
  static ProfileRow of(Row row, Buffer document) {
    Short consent = row.getShort("consent");
    return new ProfileRow(
        row.getLong("id"),
        row.getString("key"),
        row.getString("reference"),
        row.getLong("version"),
        row.getOffsetDateTime("created_at"),
        row.getOffsetDateTime("updated_at"),
        row.getOffsetDateTime("archived_at"),
        consent == null ? OptionalInt.empty() : OptionalInt.of(consent),
        document);
  }

  @Override
  public String toString() {
    return "ProfileRow[id=" + id + ", version=" + version + ", document=redacted]";
  }
}
