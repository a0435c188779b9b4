package io.vitae.profile;

import static io.vitae.wire.Envelope.quote;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitae.consent.Consent;
import io.vitae.consent.Purpose;
import io.vitae.json.JsonDocument;
import io.vitae.profile.document.Fields;
import io.vitae.profile.store.ProfileRow;
import io.vitae.source.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Says for each purpose whether a profile is open to it, and who or what decided that. */
final class ConsentExplanation {
  private static final JsonDocument STORED = new JsonDocument(1000);

  private ConsentExplanation() {}

  /**
   * The explanation as a JSON object: {@code key}, {@code version}, {@code stated} and {@code
   * purposes}, of which each has {@code allowed}, {@code decided_by}, {@code owner}, {@code
   * controller} and {@code default}.
   */
  static StringBuilder json(ProfileRow row, Source source) {
    JsonNode stated = STORED.parse(row.document().getBytes()).path(Fields.CONSENT);
    Consent effective = ConsentGate.effective(row, source);
    StringBuilder json = new StringBuilder(1024);
    quote(json.append("{\"key\":"), row.key());
    json.append(",\"version\":").append(row.version());
    json.append(",\"stated\":").append(row.consent().isPresent()).append(",\"purposes\":{");
    String separator = "";
    for (Purpose purpose : Purpose.values()) {
      quote(json.append(separator), purpose.wireName()).append(":{\"allowed\":");
      json.append(effective.allows(purpose)).append(',');
      if (row.consent().isPresent()) {
        parties(json, stated, purpose);
      } else {
        byDefault(json, effective.allows(purpose));
      }
      json.append('}');
      separator = ",";
    }
    return json.append("}}");
  }

  /** A consent takes both parties; a refusal, either. */
  private static void parties(StringBuilder json, JsonNode stated, Purpose purpose) {
    boolean owner = stated.path(Fields.OWNER).path(purpose.wireName()).asBoolean();
    boolean controller = stated.path(Fields.CONTROLLER).path(purpose.wireName()).asBoolean();
    boolean allowed = owner && controller;
    List<String> deciders = new ArrayList<>();
    if (owner == allowed) {
      deciders.add(Fields.OWNER);
    }
    if (controller == allowed) {
      deciders.add(Fields.CONTROLLER);
    }
    json.append(
        deciders.stream().collect(Collectors.joining("\",\"", "\"decided_by\":[\"", "\"]")));
    json.append(",\"owner\":").append(owner).append(",\"controller\":").append(controller);
    json.append(",\"default\":null");
  }

  private static void byDefault(StringBuilder json, boolean allowed) {
    json.append("\"decided_by\":[\"default\"],\"owner\":null,\"controller\":null,\"default\":");
    json.append(allowed);
  }
}
