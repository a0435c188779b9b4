package io.vitae.profile.document;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitae.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a profile's first write adds to its patch, so that the stored document is complete. Hardly
 * any write is the first one, so its text is not written before somebody asks for it.
 *
 * <p>Never consent: a profile that never stated any must stay recognisable as such. Never info: the
 * rules require it in a first write.
 */
public final class Completion {
  /** The members that are null where nobody gave them; the others are empty lists. */
  private static final List<String> SCALARS =
      List.of(
          Fields.TEXT,
          Fields.TEXT_LANGUAGE,
          Fields.EXPERIENCES_DURATION,
          Fields.EDUCATIONS_DURATION);

  /** All that it may have but the date. */
  static final List<String> MEMBERS =
      Stream.concat(SCALARS.stream(), Fields.SECTIONS.stream()).toList();

  /** About as long as the text is. */
  private static final int LENGTH = 512;

  private final Optional<String> createdAt;
  private final List<String> absent;

  private Completion(Optional<String> createdAt, List<String> absent) {
    this.createdAt = createdAt;
    this.absent = absent;
  }

  /**
   * What the patch of a profile does not have.
   *
   * @param profile the client's profile, not modified
   * @param createdAt the server's time, used when the client sent no creation date
   */
  public static Completion of(ObjectNode profile, String createdAt) {
    List<String> absent = new ArrayList<>(MEMBERS.size());
    for (String member : MEMBERS) {
      if (!profile.has(member)) {
        absent.add(member);
      }
    }
    boolean dated = profile.hasNonNull(Fields.CREATED_AT);
    return new Completion(dated ? Optional.empty() : Optional.of(createdAt), absent);
  }

  /** An object with these members. */
  public Patch patch() {
    return Patch.of(
        LENGTH,
        this::writeRest,
        section -> absent.contains(section.member()),
        (out, section) -> writeEmpty(out, section.member()));
  }

  private void writeRest(JsonWriter out) {
    createdAt.ifPresent(time -> out.member(Fields.CREATED_AT, time));
    for (String member : absent) {
      if (!LargeSection.MEMBERS.contains(member)) {
        out.name(member);
        writeEmpty(out, member);
      }
    }
  }

  private static void writeEmpty(JsonWriter out, String member) {
    if (SCALARS.contains(member)) {
      out.value(null);
    } else {
      out.array(null);
    }
  }

  @Override
  public String toString() {
    return "Completion" + absent;
  }
}
