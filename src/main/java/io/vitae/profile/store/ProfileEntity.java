package io.vitae.profile.store;

import io.vertx.core.buffer.Buffer;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.OffsetDateTime;
import java.util.OptionalInt;
import org.hibernate.annotations.Formula;
import org.hibernate.annotations.Immutable;

/**
 * A row of {@code profile} as Hibernate reads it. Immutable here: writes are single merging
 * statements of {@link ProfileRepository}, never a change that a session flushes.
 *
 * <p>Not mapped are the columns that only the database's own predicates use.
 */
@Entity
@Table(name = "profile")
@IdClass(ProfileEntity.Key.class)
@Immutable
class ProfileEntity {
  @Id
  @Column(name = "workspace_id")
  long workspaceId;

  @Id
  @Column(name = "source_id")
  long sourceId;

  @Id String key;

  @Column(name = "id")
  long number;

  String reference;

  /** The stored JSON text: read as text so that it can be passed through without being parsed. */
  @Formula("vitae_document_text(document, text, experiences, educations)")
  String document;

  long version;

  @Column(name = "created_at")
  OffsetDateTime createdAt;

  @Column(name = "updated_at")
  OffsetDateTime updatedAt;

  @Column(name = "archived_at")
  OffsetDateTime archivedAt;

  /** Generated from the document, in lower case. */
  @Column(insertable = false, updatable = false)
  String email;

  /** Generated from the document: a bit for each purpose, null when no consent was ever stated. */
  @Column(insertable = false, updatable = false)
  Short consent;

  ProfileRow toRow() {
    return new ProfileRow(
        number,
        key,
        reference,
        version,
        createdAt,
        updatedAt,
        archivedAt,
        consent == null ? OptionalInt.empty() : OptionalInt.of(consent),
        Buffer.buffer(document));
  }

  /** The primary key. */
  static class Key implements Serializable {
    private static final long serialVersionUID = 1L;

    long workspaceId;
    long sourceId;
    String key;

    @Override
    public boolean equals(Object other) {
      return other instanceof Key that
          && workspaceId == that.workspaceId
          && sourceId == that.sourceId
          && key.equals(that.key);
    }

    @Override
    public int hashCode() {
      return Long.hashCode(workspaceId) * 31 * 31 + Long.hashCode(sourceId) * 31 + key.hashCode();
    }
  }

  @Override
  public String toString() {
    return "ProfileEntity[" + number + "]";
  }
}
