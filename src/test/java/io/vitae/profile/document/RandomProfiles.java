package io.vitae.profile.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    JsonNode interesting = BY_NAME.path(name);
    if (!interesting.isEmpty() && random.nextInt(4) > 0) {
      return copy(interesting);
    }
    if (name.startsWith("date_birth") || name.equals(Fields.CREATED_AT)) {
      return NODES.textNode(date());
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
      list.add(element);
    }
    return list;
  }

  /** Near misses included: 30 February, hour 24, one digit too many. */
  private String date() {
    String date = "%04d-%02d-%02d".formatted(year(), random.nextInt(14), random.nextInt(33));
    String time = ":%02d".formatted(random.nextInt(61));
    return switch (random.nextInt(6)) {
      case 0 -> "%sT%02d%s".formatted(date, random.nextInt(25), time);
      case 1 -> "%sT%02d%s%s".formatted(date, random.nextInt(25), time, time);
      case 2 -> "%s 10:00:00.%s".formatted(date, "1".repeat(random.nextInt(11)));
      case 3 -> "%sT10:00+%02d%s".formatted(date, random.nextInt(19), time);
      default -> date;
    };
  }

  private int year() {
    return pick(List.of(0, 1, 1600, 1900, 1996, 2000, 2023, 2024));
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** Every member of the samples, and every member that has values of interest, everywhere. */
  private static List<String> places() {
    List<String> places = new ArrayList<>();
    for (String parent :
        List.of(
            "",
            "/info",
            "/info/location",
            "/info/urls",
            "/consent_algorithmic",
            "/consent_algorithmic/owner",
            "/experiences/0",
            "/experiences/0/skills/0",
            "/educations/0",
            "/educations/0/location",
            "/skills/0",
            "/labels/0",
            "/tags/0")) {
      for (Map.Entry<String, JsonNode> member : BY_NAME.properties()) {
        places.add(parent + "/" + member.getKey());
      }
    }
    return List.copyOf(places);
  }
}
