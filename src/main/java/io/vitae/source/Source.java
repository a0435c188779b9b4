package io.vitae.source;

import static io.vitae.wire.Envelope.quote;

import io.vitae.wire.ServerTime;
import java.time.OffsetDateTime;

/**
 * A drawer of profiles in a workspace.
 *
 * @param id the database's number for it, which answers show
 * @param key what clients call it, unique in its workspace
 * @param name what people call it
 * @param type HrFlow's kind of source, such as {@code api}
 * @param subtype HrFlow's finer kind, such as {@code http_api}
 * @param environment such as {@code production}
 * @param defaultConsent a bit for each purpose that a profile is open to whose parties never stated
 *     a consent, {@code Purpose.bit()}
 * @param createdAt when it was made
 * @param updatedAt when it was last changed
 */
public record Source(
    long id,
    String key,
    String name,
    String type,
    String subtype,
    String environment,
    int defaultConsent,
    OffsetDateTime createdAt,
    OffsetDateTime updatedAt) {

  /** The JSON object that a profile's answer carries as its {@code source}. */
  public String summary() {
    return head().append('}').toString();
  }

  /**
   * The whole JSON object. What HrFlow's sources have and ours do not (parsing, members,
   * notifications) is there with the value that says so.
   *
   * @param defaultConsentJson the default consent as a JSON object
   */
  String details(String defaultConsentJson) {
    StringBuilder json = head();
    json.append(",\"description\":null,\"private\":false,\"status\":true,\"archive\":null");
    json.append(",\"members\":[],\"notification\":false,\"consent\":false,\"consent_url\":null");
    json.append(",\"sync_parsing\":false,\"default_consent\":").append(defaultConsentJson);
    quote(json.append(",\"created_at\":"), ServerTime.format(createdAt));
    quote(json.append(",\"updated_at\":"), ServerTime.format(updatedAt));
    return json.append('}').toString();
  }

  private StringBuilder head() {
    StringBuilder json = new StringBuilder(512).append("{\"id\":").append(id);
    quote(json.append(",\"key\":"), key);
    quote(json.append(",\"name\":"), name);
    quote(json.append(",\"type\":"), type);
    quote(json.append(",\"subtype\":"), subtype);
    return quote(json.append(",\"environment\":"), environment);
  }
}
