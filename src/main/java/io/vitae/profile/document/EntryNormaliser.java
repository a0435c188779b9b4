package io.vitae.profile.document;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitae.json.JsonWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Completes the entries of {@code experiences} and {@code educations} and gives them keys. */
final class EntryNormaliser {
  static final EntryNormaliser EXPERIENCES = new EntryNormaliser(Fields.COMPANY);
  static final EntryNormaliser EDUCATIONS = new EntryNormaliser(Fields.SCHOOL);

  /** What every entry has in answers, but for its key. */
  private final List<String> members;

  private final Set<String> known;

  private EntryNormaliser(String place) {
    members =
        new ArrayList<>(
            List.of(
                Fields.TITLE,
                Fields.DESCRIPTION,
                Fields.LOCATION,
                Fields.DATE_START,
                Fields.DATE_END,
                place));
    members.addAll(Fields.ENTRY_SECTIONS);
    known = new HashSet<>(members);
    known.add(Fields.KEY);
  }

  List<String> members() {
    return members;
  }

  /**
   * Writes the entries as answered.
   *
   * @param sent the section as sent: an array of objects, or null for an empty one
   */
  void write(JsonWriter out, JsonNode sent) {
    EntryKeys keys = new EntryKeys(sent);
    out.startArray();
    for (JsonNode entry : sent) {
      out.startObject();
      String key = EntryKeys.sentIn(entry);
      if (key.isEmpty()) {
        key = keys.derive(content(out, entry));
      } else {
        writeMembers(out, entry);
      }
      out.member(Fields.KEY, key);
      out.endObject();
    }
    out.endArray();
  }

  /**
   * The text of an entry's members, after writing them. Sorted, because entries that differ in the
   * order of their members only are alike, and so are their keys.
   */
  private ByteBuffer content(JsonWriter out, JsonNode sent) {
    int start = out.length();
    out.sort(true);
    writeMembers(out, sent);
    out.sort(false);
    return out.since(start);
  }

  private void writeMembers(JsonWriter out, JsonNode sent) {
    for (String name : members) {
      out.name(name);
      switch (name) {
        case Fields.LOCATION -> Normaliser.writeLocation(out, sent.path(name));
        case Fields.DATE_START, Fields.DATE_END -> out.value(date(sent.path(name)));
        case Fields.CERTIFICATIONS, Fields.COURSES, Fields.TASKS, Fields.SKILLS ->
            out.array(sent.get(name));
        default -> out.value(sent.get(name));
      }
    }
    out.membersExcept(sent, known);
  }

  /** Dates may come as an object around the string; answers carry the string alone. */
  private static JsonNode date(JsonNode sent) {
    JsonNode date = sent.isObject() ? sent.path(Fields.ISO8601) : sent;
    return date.isTextual() ? date : null;
  }
}
