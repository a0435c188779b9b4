package io.vitae.profile;

import static io.vitae.wire.Envelope.quote;

import io.vertx.core.buffer.Buffer;
import io.vitae.consent.Consent;
import io.vitae.profile.store.ProfileRow;
import io.vitae.source.Source;
import io.vitae.wire.ServerTime;
import java.nio.charset.StandardCharsets;

/**
 * The profile object of an answer: what the row knows, followed by the stored text, which is not
 * parsed.
 *
 * <p>A profile whose parties never stated a consent shows its source's default.
 */
public final class ProfileAnswer {
  /** About as long as the members are that come before the document. */
  static final int HEAD_LENGTH = 640;

  private ProfileAnswer() {}

  /**
   * The profile with the text of its document that the reader may see.
   *
   * @param document a JSON object that is not empty
   */
  public static StringBuilder append(
      StringBuilder json, ProfileRow row, Source source, Buffer document) {
    String members = document.toString(StandardCharsets.UTF_8);
    json.ensureCapacity(json.length() + members.length() + HEAD_LENGTH);
    return head(json, row, source).append(members, 1, members.length());
  }

  /**
   * What comes before the members of the document: an object whose end they bring. A stored
   * document is complete, so never empty.
   */
  static StringBuilder head(StringBuilder json, ProfileRow row, Source source) {
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
      json.append(new Consent(source.defaultConsent()).blockText());
    }
    return json.append(',');
  }

  /**
   * The short form of a list without profiles, appended to {@code json}. The row's document holds
   * nothing but the date of creation.
   */
  public static StringBuilder appendShort(StringBuilder json, ProfileRow row) {
    quote(json.append("{\"key\":"), row.key());
    nullable(json.append(",\"reference\":"), row.reference());
    String document = row.document().toString(StandardCharsets.UTF_8);
    json.append(',').append(document, 1, document.length() - 1);
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
