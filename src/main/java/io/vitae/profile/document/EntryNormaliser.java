package io.vitae.profile.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/** Completes the entries of {@code experiences} and {@code educations} and gives them keys. */
final class EntryNormaliser {
  private EntryNormaliser() {}

  /**
   * The entries as answered.
   *
   * @param sent the section as sent: an array of objects, or null for an empty one
   * @param place the member that names where: {@code company} or {@code school}
   */
  static ArrayNode entries(JsonNode sent, String place) {
    EntryKeys keys = new EntryKeys(sent);
    ArrayNode entries = JsonNodeFactory.instance.arrayNode(sent.size());
    for (JsonNode entry : sent) {
      entries.add(entry(entry, place, keys));
    }
    return entries;
  }

  private static ObjectNode entry(JsonNode sent, String place, EntryKeys keys) {
    ObjectNode entry = JsonNodeFactory.instance.objectNode();
    // Set first to be first in answers; a derived key depends on the content and follows below.
    entry.set(Fields.KEY, NullNode.getInstance());
    entry.set(Fields.TITLE, Normaliser.valueOrNull(sent, Fields.TITLE));
    entry.set(Fields.DESCRIPTION, Normaliser.valueOrNull(sent, Fields.DESCRIPTION));
    entry.set(Fields.LOCATION, Normaliser.location(sent.path(Fields.LOCATION)));
    entry.set(Fields.DATE_START, date(sent.path(Fields.DATE_START)));
    entry.set(Fields.DATE_END, date(sent.path(Fields.DATE_END)));
    entry.set(place, Normaliser.valueOrNull(sent, place));
    for (String section : Fields.ENTRY_SECTIONS) {
      JsonNode list = sent.path(section);
      entry.set(section, list.isArray() ? list : JsonNodeFactory.instance.arrayNode());
    }
    Normaliser.addUnknown(entry, sent);

    String key = EntryKeys.sentIn(sent);
    entry.set(Fields.KEY, TextNode.valueOf(key.isEmpty() ? keys.derive(entry) : key));
    return entry;
  }

  /** Dates may come as an object around the string; answers carry the string alone. */
  private static JsonNode date(JsonNode sent) {
    JsonNode date = sent.isObject() ? sent.path(Fields.ISO8601) : sent;
    return date.isTextual() ? date : NullNode.getInstance();
  }
}
