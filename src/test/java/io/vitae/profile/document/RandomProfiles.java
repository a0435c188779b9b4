package io.vitae.profile.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Realistic profiles with a few mutations, most of which touch a rule: valid and invalid ones in
 * about equal parts, the same for the same seed.
 */
public final class RandomProfiles {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** Values of interest for a member of some name, as JSON texts. */
  private static final ObjectNode BY_NAME = Samples.file("interesting-values.json");

  /** Where a mutation may strike, found or not in the profile it starts from. */
  private static final List<String> PLACES = places();

  /** The ends of months and their neighbours. */
  private static final List<String> DAYS =
      List.of(
          "02-28", "02-29", "02-30", "01-31", "10-01", "11-09", "12-31", "04-30", "04-31", "12-32",
          "00-10", "13-01", "6-1");

  private final Random random;

  private RandomProfiles(long seed) {
    this.random = new Random(seed);
  }

  /** The profile of a seed. */
  public static ObjectNode of(long seed) {
    return new RandomProfiles(seed).next();
  }

  private ObjectNode next() {
    ObjectNode profile = random.nextBoolean() ? Samples.putRequest() : Samples.putResponseData();
    for (int i = random.nextInt(4); i >= 0; i--) {
      if (random.nextInt(3) > 0) {
        mutateKnownPlace(profile);
      } else {
        mutateAnywhere(profile);
      }
    }
    return profile;
  }

  private void mutateKnownPlace(ObjectNode profile) {
    String place = pick(PLACES);
    int slash = place.lastIndexOf('/');
    String name = place.substring(slash + 1);
    if (profile.at(place.substring(0, slash)) instanceof ObjectNode parent) {
      parent.set(name, value(name));
    }
  }

  private void mutateAnywhere(ObjectNode profile) {
    List<JsonNode> containers = new ArrayList<>();
    collect(profile, containers);
    if (pick(containers) instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      String name = names.isEmpty() || random.nextInt(5) == 0 ? unknownName() : pick(names);
      if (random.nextInt(4) == 0) {
        object.remove(name);
      } else {
        object.set(name, value(name));
      }
    } else if (pick(containers) instanceof ArrayNode array) {
      array.insert(random.nextInt(array.size() + 1), value(""));
    }
  }

  private static void collect(JsonNode node, List<JsonNode> containers) {
    if (node.isContainerNode()) {
      containers.add(node);
      node.forEach(child -> collect(child, containers));
    }
  }

  private String unknownName() {
    return pick(List.of("x", "", "a/b~c", "n".repeat(255), "\uD83D\uDE00".repeat(255)))
        + (random.nextInt(8) == 0 ? "n" : "");
  }

  private JsonNode value(String name) {
    boolean dated = name.equals(Fields.DATE_BIRTH) || name.equals(Fields.CREATED_AT);
    if (dated && random.nextBoolean()) {
      return NODES.textNode(date());
    }
    JsonNode interesting = BY_NAME.path(name);
    if (!interesting.isEmpty() && random.nextInt(4) > 0) {
      return copy(interesting);
    }
    return switch (random.nextInt(12)) {
      case 0 -> NODES.textNode("\uD83E\uDDD9".repeat(length()));
      case 1 -> NODES.textNode("a".repeat(length()));
      case 2 -> list();
      default -> copy(BY_NAME.path("*"));
    };
  }

  private JsonNode copy(JsonNode values) {
    return values.get(random.nextInt(values.size())).deepCopy();
  }

  /** A length at or just past one of the limits. */
  private int length() {
    int limit = pick(List.of(1, 32, 64, 128, 254, 255, 255, 2048, 65_536, 262_144));
    return limit + random.nextInt(2);
  }

  private ArrayNode list() {
    ArrayNode list = NODES.arrayNode();
    int size = pick(List.of(1, 2, 1000, 1001));
    JsonNode element = copy(BY_NAME.path("*"));
    for (int i = 0; i < size; i++) {
      // Each its own: a long text that a later mutation puts into one must not come a thousand
      // times.
      list.add(element.deepCopy());
    }
    return list;
  }

  /** Near misses included: 30 February, hour 24, one digit too many. */
  private String date() {
    String date = "%04d-%s".formatted(year(), pick(DAYS));
    String time = ":%02d".formatted(pick(List.of(0, 9, 59, 60)));
    return switch (random.nextInt(6)) {
      case 0 -> "%sT%02d%s".formatted(date, hour(), time);
      case 1 -> "%sT%02d%s%s".formatted(date, hour(), time, time);
      case 2 -> "%s 10:00:00.%s".formatted(date, "1".repeat(random.nextInt(11)));
      case 3 -> "%sT10:00+%02d%s".formatted(date, random.nextInt(19), time);
      default -> date;
    };
  }

  private int hour() {
    return pick(List.of(0, 9, 10, 19, 20, 23, 24));
  }

  private int year() {
    return pick(List.of(0, 1, 1600, 1900, 1996, 2000, 2023, 2024));
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** Every member that a rule is about. */
  private static List<String> places() {
    List<String> places = new ArrayList<>();
    add(places, "", "key reference created_at consent_algorithmic info text text_language");
    add(places, "", "experiences_duration educations_duration id source archive version x");
    add(places, "", String.join(" ", Fields.SECTIONS));
    add(places, "/info", "full_name first_name last_name date_birth date_birth email email phone");
    add(places, "/info", "location urls picture gender summary x");
    add(places, "/info/location", "text lat lat lng lng gmaps fields x");
    add(places, "/info/urls", "from_resume linkedin x");
    add(places, "/consent_algorithmic", "owner controller x");
    add(places, "/consent_algorithmic/owner", "searching scoring upskilling x");
    for (String entry : List.of("/experiences/0", "/educations/0")) {
      add(places, entry, "key title description company school location date_start date_end name");
      add(places, entry, "certifications courses tasks skills languages interests value x");
    }
    for (String entry : List.of("/experiences/0/skills/0", "/skills/0", "/labels/0", "/tags/0")) {
      add(places, entry, "name value type stage x");
    }
    return List.copyOf(places);
  }

  private static void add(List<String> places, String parent, String names) {
    for (String name : names.split(" ", -1)) {
      places.add(parent + "/" + name);
    }
  }
}
