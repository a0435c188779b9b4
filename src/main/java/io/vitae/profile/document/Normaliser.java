package io.vitae.profile.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitae.consent.Purpose;
import io.vitae.json.JsonWriter;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Turns what a client sent into the text that is stored and answered (contract, "The profile
 * object"). It is written as the body is walked through: a tree of it, which nobody would look at,
 * cost more than the writing.
 *
 * <p>Expects a profile that the rules accept; what it does with any other is not specified.
 * Idempotent: normalising a result again changes nothing.
 */
public final class Normaliser {
  private static final Set<String> INFO =
      inOrder(
          Fields.FULL_NAME,
          Fields.FIRST_NAME,
          Fields.LAST_NAME,
          Fields.DATE_BIRTH,
          Fields.EMAIL,
          Fields.PHONE,
          Fields.LOCATION,
          Fields.URLS,
          Fields.PICTURE,
          Fields.GENDER,
          Fields.SUMMARY);

  private static final Set<String> LOCATION =
      inOrder(Fields.TEXT, Fields.LATITUDE, Fields.LONGITUDE, Fields.GMAPS, Fields.LOCATION_FIELDS);

  private static final Set<String> URLS =
      inOrder(Fields.FROM_RESUME, "linkedin", "twitter", "facebook", "github", Fields.PICTURE);

  private static final Set<String> SECTIONS =
      Fields.SECTIONS.stream()
          .filter(section -> !LargeSection.MEMBERS.contains(section))
          .collect(Collectors.toCollection(LinkedHashSet::new));

  /** The names that this and the rules look for. */
  public static final List<String> NAMES =
      Stream.of(
              Fields.NOT_STORED,
              List.of(Fields.PROFILE, Fields.CREATED_AT, Fields.CONSENT, Fields.INFO),
              Fields.PARTIES,
              Purpose.WIRE_NAMES,
              Completion.MEMBERS,
              INFO,
              LOCATION,
              URLS,
              EntryNormaliser.EXPERIENCES.members(),
              EntryNormaliser.EDUCATIONS.members(),
              List.of(
                  Fields.UPSKILLING,
                  Fields.NAME,
                  Fields.VALUE,
                  Fields.TYPE,
                  Fields.STAGE,
                  Fields.URL,
                  Fields.ISO8601))
          .flatMap(Collection::stream)
          .distinct()
          .toList();

  /** Room for the members that clients mostly leave out. */
  private static final int COMPLETION = 2048;

  private Normaliser() {}

  /**
   * Names to go through in this order, and to be found among. Nobody else gets to see the set, so
   * it has no wrapper, whose iterators were 1.4 % of the samples of the event loops.
   */
  private static Set<String> inOrder(String... names) {
    return new LinkedHashSet<>(List.of(names));
  }

  /**
   * The patch to merge top-level into the stored document: a member it has replaces the stored one
   * whole, a member it does not have leaves the stored one alone.
   *
   * @param profile the client's profile, not modified
   * @param length about how many bytes it has
   * @return an object without identity and read-only members, with complete consent, info,
   *     experiences and educations as far as they were sent
   */
  public static Patch patch(ObjectNode profile, int length) {
    return Patch.of(
        length + COMPLETION,
        out -> {
          for (Map.Entry<String, JsonNode> member : profile.properties()) {
            if (isRest(member.getKey(), member.getValue())) {
              writeMember(out, member.getKey(), member.getValue());
            }
          }
        },
        section -> profile.has(section.member()),
        (out, section) -> {
          JsonNode value = profile.get(section.member());
          switch (section) {
            case TEXT -> out.value(value);
            case EXPERIENCES -> EntryNormaliser.EXPERIENCES.write(out, value);
            case EDUCATIONS -> EntryNormaliser.EDUCATIONS.write(out, value);
          }
        });
  }

  private static boolean isRest(String name, JsonNode value) {
    boolean clearedCreation = name.equals(Fields.CREATED_AT) && value.isNull();
    return !clearedCreation
        && !Fields.NOT_STORED.contains(name)
        && !LargeSection.MEMBERS.contains(name);
  }

  private static void writeMember(JsonWriter out, String name, JsonNode value) {
    out.name(name);
    switch (name) {
      case Fields.CONSENT -> writeConsent(out, value);
      case Fields.INFO -> writeInfo(out, value);
      default -> {
        if (SECTIONS.contains(name)) {
          out.array(value);
        } else {
          out.value(value);
        }
      }
    }
  }

  /** Both parties with every flag; what is not exactly {@code true} consents to nothing. */
  private static void writeConsent(JsonWriter out, JsonNode sent) {
    out.startObject();
    for (String party : Fields.PARTIES) {
      JsonNode flags = sent.path(party);
      out.name(party);
      out.startObject();
      for (String purpose : Purpose.WIRE_NAMES) {
        out.member(purpose, isTrue(flags.path(purpose)));
      }
      if (flags.has(Fields.UPSKILLING)) {
        out.member(Fields.UPSKILLING, isTrue(flags.path(Fields.UPSKILLING)));
      }
      out.endObject();
    }
    out.endObject();
  }

  private static boolean isTrue(JsonNode sent) {
    return sent.isBoolean() && sent.booleanValue();
  }

  private static void writeInfo(JsonWriter out, JsonNode sent) {
    out.startObject();
    for (String name : INFO) {
      out.name(name);
      switch (name) {
        case Fields.LOCATION -> writeLocation(out, sent.path(name));
        case Fields.URLS -> writeUrls(out, sent.path(name));
        default -> out.value(sent.get(name));
      }
    }
    out.membersExcept(sent, INFO);
    out.endObject();
  }

  /** A location with all its known members; also of an experience or education. */
  static void writeLocation(JsonWriter out, JsonNode sent) {
    out.startObject();
    for (String name : LOCATION) {
      out.member(name, sent.get(name));
    }
    out.membersExcept(sent, LOCATION);
    out.endObject();
  }

  /** Answered in the shape it came in: the list of {@code {type, url}} stays a list. */
  private static void writeUrls(JsonWriter out, JsonNode sent) {
    if (sent.isArray()) {
      out.value(sent);
      return;
    }
    out.startObject();
    for (String name : URLS) {
      if (sent.has(name)) {
        out.member(name, sent.get(name));
      } else if (name.equals(Fields.FROM_RESUME)) {
        out.name(name);
        out.array(null);
      } else {
        out.member(name, "");
      }
    }
    out.membersExcept(sent, URLS);
    out.endObject();
  }
}
