package io.vitae.source;

import static io.vitae.wire.Envelope.quote;

/**
 * A drawer of profiles in a workspace.
 *
 * @param id the database's number for it, which answers show
 * @param key what clients call it, unique in its workspace
 * @param name what people call it
 * @param type HrFlow's kind of source, such as {@code api}
 * @param subtype HrFlow's finer kind, such as {@code http_api}
 * @param environment such as {@code production}
 */
public record Source(
    long id, String key, String name, String type, String subtype, String environment) {

  /** The JSON object that a profile's answer carries as its {@code source}. */
  public String summary() {
    StringBuilder json = new StringBuilder(192).append("{\"id\":").append(id);
    quote(json.append(",\"key\":"), key);
    quote(json.append(",\"name\":"), name);
    quote(json.append(",\"type\":"), type);
    quote(json.append(",\"subtype\":"), subtype);
    quote(json.append(",\"environment\":"), environment);
    return json.append('}').toString();
  }
}
