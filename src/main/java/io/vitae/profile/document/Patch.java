package io.vitae.profile.document;

import io.vitae.json.JsonWriter;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * What a write merges into a profile: the text of one object, whose large sections come last. So
 * everything that is stored lies in one piece of it. What it gives out are views of that text,
 * which nobody is to change.
 */
public final class Patch {
  private final ByteBuffer json;
  private final int rest;
  private final Map<LargeSection, Slice> sections;

  /** From where to where a section goes. */
  private record Slice(int start, int end) {}

  private Patch(ByteBuffer json, int rest, Map<LargeSection, Slice> sections) {
    this.json = json;
    this.rest = rest;
    this.sections = sections;
  }

  /**
   * Writes a patch.
   *
   * @param room about how many bytes it will have
   * @param rest writes all members but the large sections
   * @param has whether it has a large section
   * @param value writes the value of one that it has
   */
  static Patch of(
      int room,
      JsonWriter.Content rest,
      Predicate<LargeSection> has,
      BiConsumer<JsonWriter, LargeSection> value) {
    Map<LargeSection, Slice> sections = new EnumMap<>(LargeSection.class);
    JsonWriter out = JsonWriter.withRoom(room);
    out.startObject();
    rest.writeTo(out);
    int end = out.length();
    for (LargeSection section : LargeSection.values()) {
      if (has.test(section)) {
        out.name(section.member());
        int start = out.length();
        value.accept(out, section);
        sections.put(section, new Slice(start, out.length()));
      }
    }
    out.endObject();
    return new Patch(out.since(0), end, sections);
  }

  /** How many bytes the text has. */
  public int length() {
    return json.remaining();
  }

  /** The text, in UTF-8. */
  public ByteBuffer json() {
    return json.duplicate();
  }

  /** The text of an object with all other members, but for its closing brace. */
  public ByteBuffer rest() {
    return json.slice(0, rest);
  }

  /** Whether it has a value for a large section, and does not leave it alone. */
  public boolean has(LargeSection section) {
    return sections.containsKey(section);
  }

  /** The value of a large section; empty when the patch leaves it alone. */
  public Optional<ByteBuffer> section(LargeSection section) {
    Slice slice = sections.get(section);
    return slice == null
        ? Optional.empty()
        : Optional.of(json.slice(slice.start, slice.end - slice.start));
  }

  @Override
  public String toString() {
    return "Patch[redacted]";
  }
}
