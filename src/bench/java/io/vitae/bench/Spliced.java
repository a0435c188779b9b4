package io.vitae.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitae.json.JsonDocument;

/**
 * A JSON text with one place in it where the number of a revision goes, so that every request can
 * be a change of its own without being made anew.
 */
record Spliced(String prefix, String suffix) {
  /** Stands for the revision in a tree that is to be spliced. */
  static final long PLACE = 9_876_543_210L;

  /** The least and the most of all revisions: as many digits as {@link #PLACE} has. */
  static final long FIRST_REVISION = 1_000_000_000L;

  static final long LAST_REVISION = 9_999_999_999L;

  /**
   * The text of a tree that has {@link #PLACE} in one place.
   *
   * @throws IllegalArgumentException when it has it in none or more
   */
  static Spliced of(JsonNode tree) {
    String text = JsonDocument.write(tree);
    String place = Long.toString(PLACE);
    int at = text.indexOf(place);
    if (at < 0 || at != text.lastIndexOf(place)) {
      throw new IllegalArgumentException("A revision needs one place, not none or several");
    }
    return new Spliced(text.substring(0, at), text.substring(at + place.length()));
  }

  String with(long revision) {
    return prefix + revision + suffix;
  }
}
