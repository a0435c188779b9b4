package io.vitae.profile;

import static io.vitae.wire.Envelope.quote;

import io.vitae.consent.Consent;
import io.vitae.json.JsonDocument;
import io.vitae.profile.store.ProfileRow;
import io.vitae.source.Source;
import io.vitae.wire.ServerTime;

/**
 * The profile object of an answer: what the row knows, followed by the stored text, which is copied
 * and not parsed.
 *
 * <p>A profile whose parties never stated a consent shows its source's default.
 */
public final class ProfileAnswer {
  private ProfileAnswer() {}

  /** The whole profile, appended to {@code json}. */
  public static StringBuilder append(StringBuilder json, ProfileRow row, Source source) {
    return append(json, row, source, row.document());
  }

  /**
   * The profile with another text of its document.
   *
   * @param document a JSON object that is not empty
   */
  public static StringBuilder append(
      StringBuilder json, ProfileRow row, Source source, String document) {
    json.ensureCapacity(json.length() + document.length() + 640);
    json.append("{\"id\":").append(row.id());
    quote(json.append(",\"key\":"), row.key());
    nullable(json.append(",\"reference\":"), row.reference());
    String archivedAt = row.archivedAt() == null ? null : ServerTime.format(row.archivedAt());
    nullable(json.append(",\"archive\":"), archivedAt);
    nullable(json.append(",\"archived_at\":"), archivedAt);
    quote(json.append(",\"source_key\":"), source.key());
    json.append(",\"source\":").append(source.summary());
    quote(json.append(",\"updated_at\":"), ServerTime.format(row.updatedAt()));
    if (row.consent().isEmpty()) {
      json.append(",\"consent_algorithmic\":");
      json.append(JsonDocument.write(new Consent(source.defaultConsent()).block()));
    }
    // A stored document is complete, so never empty: its first brace becomes our comma.
    return json.append(',').append(document, 1, document.length());
  }

  /**
   * The short form of a list without profiles, appended to {@code json}. The row's document holds
   * nothing but the date of creation.
   */
  public static StringBuilder appendShort(StringBuilder json, ProfileRow row) {
    quote(json.append("{\"key\":"), row.key());
    nullable(json.append(",\"reference\":"), row.reference());
    json.append(',').append(row.document(), 1, row.document().length() - 1);
    quote(json.append(",\"updated_at\":"), ServerTime.format(row.updatedAt()));
    nullable(
        json.append(",\"archived_at\":"),
        row.archivedAt() == null ? null : ServerTime.format(row.archivedAt()));
    return json.append('}');
  }

  private static StringBuilder nullable(StringBuilder json, String text) {
    return text == null ? json.append("null") : quote(json, text);
  }
}
