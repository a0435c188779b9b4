package io.vitae.profile.document;

import io.vitae.json.JsonWriter;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * What a write merges into a profile: the text of one object, whose large sections come last. So
 * everything that is stored lies in one piece of it.
 */
public final class Patch {
  private final byte[] json;
  private final int rest;
  private final Map<LargeSection, Slice> sections;

  private Patch(byte[] json, int rest, Map<LargeSection, Slice> sections) {
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

  /**
   * A piece of the text.
   *
   * @param start of its first byte
   * @param end of the first byte behind it
   */
  public record Slice(int start, int end) {}

  /** The text, which is not to be changed. */
  public byte[] json() {
    return json;
  }

  /** The text of an object with all other members, but for its closing brace. */
  public Slice rest() {
    return new Slice(0, rest);
  }

  /** The value of a large section; empty when the patch leaves it alone. */
  public Optional<Slice> section(LargeSection section) {
    return Optional.ofNullable(sections.get(section));
  }

  @Override
  public String toString() {
    return "Patch[redacted]";
  }
}
