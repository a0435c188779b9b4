package io.vitae.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitae.testing.Answer;
import java.util.List;
import java.util.Set;

/**
 * What the contract says of a sequence of PUTs, in as few words as it takes: absent is kept,
 * present replaces, null clears. It knows the fields that {@link RandomPuts} draws from.
 */
public final class ProfileModel {
  private static final Set<String> LISTS =
      Set.of(
          "experiences",
          "educations",
          "attachments",
          "certifications",
          "courses",
          "tasks",
          "skills",
          "languages",
          "interests",
          "labels",
          "tags",
          "metadatas");

  private static final List<String> SCALARS =
      List.of("text", "text_language", "experiences_duration", "educations_duration");

  private static final List<String> FLAGS =
      List.of("parsing", "revealing", "embedding", "searching", "scoring", "reasoning");

  private static final String EMPTY_INFO =
      """
      {"full_name": null, "first_name": null, "last_name": null, "date_birth": null, "email": null,
       "phone": null, "picture": null, "gender": null, "summary": null,
       "location": {"text": null, "lat": null, "lng": null, "gmaps": null, "fields": null},
       "urls": {"from_resume": [], "linkedin": "", "twitter": "", "facebook": "", "github": "", "picture": ""}}
      """;

  private final ObjectNode profile = JsonNodeFactory.instance.objectNode();
  private int version;

  /** A profile before its first PUT. */
  public ProfileModel(String key) {
    profile.put("key", key).putNull("reference");
    LISTS.forEach(profile::putArray);
    SCALARS.forEach(profile::putNull);
    profile.set("consent_algorithmic", consent(profile.nullNode()));
  }

  /** Merges a PUT's body. */
  public void put(ObjectNode body) {
    ObjectNode before = profile.deepCopy();
    body.properties()
        .forEach(
            member -> profile.set(member.getKey(), stored(member.getKey(), member.getValue())));
    if (version == 0 || !before.equals(profile)) {
      version++;
    }
  }

  private static JsonNode stored(String name, JsonNode sent) {
    return switch (name) {
      case "consent_algorithmic" -> consent(sent);
      case "info" -> info(sent);
      default ->
          sent.isNull() && LISTS.contains(name) ? JsonNodeFactory.instance.arrayNode() : sent;
    };
  }

  private static ObjectNode consent(JsonNode sent) {
    ObjectNode consent = JsonNodeFactory.instance.objectNode();
    for (String party : List.of("owner", "controller")) {
      ObjectNode flags = consent.putObject(party);
      FLAGS.forEach(flag -> flags.put(flag, sent.path(party).path(flag).asBoolean(false)));
    }
    return consent;
  }

  private static ObjectNode info(JsonNode sent) {
    ObjectNode info = (ObjectNode) Answer.parse(EMPTY_INFO);
    sent.properties().forEach(member -> info.set(member.getKey(), member.getValue()));
    return info;
  }

  /** The profile, without what only the server knows. */
  public ObjectNode profile() {
    return profile;
  }

  /** How often a PUT changed something. */
  public int version() {
    return version;
  }
}
