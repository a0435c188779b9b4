package io.vitae.profile;

import static io.vitae.wire.Envelope.quote;

import io.vitae.profile.document.Purpose;
import io.vitae.profile.store.ProfileRow;
import io.vitae.source.Source;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The profile object of an answer: what the row knows, followed by the stored text, which is copied
 * and not parsed.
 */
final class ProfileAnswer {
  /** The contract's form of the server's own times, always UTC and in whole seconds. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'+0000'");

  /** What is shown of a consent that nobody ever stated. */
  private static final String NO_CONSENT = noConsent();

  private ProfileAnswer() {}

  /** The server's form of a time: {@code 2020-07-29T11:45:37+0000}. */
  static String time(OffsetDateTime time) {
    return TIME.format(time.withOffsetSameInstant(ZoneOffset.UTC));
  }

  static StringBuilder json(ProfileRow row, Source source) {
    String document = row.document();
    StringBuilder json = new StringBuilder(document.length() + 640);
    json.append("{\"id\":").append(row.id());
    quote(json.append(",\"key\":"), row.key());
    nullable(json.append(",\"reference\":"), row.reference());
    String archivedAt = row.archivedAt() == null ? null : time(row.archivedAt());
    nullable(json.append(",\"archive\":"), archivedAt);
    nullable(json.append(",\"archived_at\":"), archivedAt);
    quote(json.append(",\"source_key\":"), source.key());
    json.append(",\"source\":").append(source.summary());
    quote(json.append(",\"updated_at\":"), time(row.updatedAt()));
    if (!row.consentStated()) {
      json.append(",\"consent_algorithmic\":").append(NO_CONSENT);
    }
    // A stored document is complete, so never empty: its first brace becomes our comma.
    return json.append(',').append(document, 1, document.length());
  }

  private static StringBuilder nullable(StringBuilder json, String text) {
    return text == null ? json.append("null") : quote(json, text);
  }

  private static String noConsent() {
    String flags =
        Arrays.stream(Purpose.values())
            .map(purpose -> '"' + purpose.wireName() + "\":false")
            .collect(Collectors.joining(",", "{", "}"));
    return "{\"owner\":" + flags + ",\"controller\":" + flags + "}";
  }
}
