package io.vitae.profile.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitae.consent.Purpose;
import java.util.List;
import java.util.Map;

/**
 * Turns what a client sent into what is stored and answered (contract, "The profile object").
 *
 * <p>Expects a profile that the rules accept; on any other it does something harmless and
 * unspecified. Idempotent: normalising a result again changes nothing.
 */
public final class Normaliser {
  private static final List<String> INFO_BEFORE_LOCATION =
      List.of(
          Fields.FULL_NAME,
          Fields.FIRST_NAME,
          Fields.LAST_NAME,
          Fields.DATE_BIRTH,
          Fields.EMAIL,
          Fields.PHONE);

  private static final List<String> INFO_AFTER_URLS =
      List.of(Fields.PICTURE, Fields.GENDER, Fields.SUMMARY);

  private static final List<String> LOCATION =
      List.of(Fields.TEXT, Fields.LATITUDE, Fields.LONGITUDE, Fields.GMAPS, Fields.LOCATION_FIELDS);

  private static final List<String> URL_NAMES =
      List.of("linkedin", "twitter", "facebook", "github", Fields.PICTURE);

  private static final List<String> SCALARS =
      List.of(
          Fields.TEXT_LANGUAGE,
          Fields.TEXT,
          Fields.EXPERIENCES_DURATION,
          Fields.EDUCATIONS_DURATION);

  private Normaliser() {}

  /**
   * The patch to merge top-level into the stored document: a member it has replaces the stored one
   * whole, a member it does not have leaves the stored one alone.
   *
   * @param profile the client's profile, not modified; the result shares its unchanged parts, so
   *     neither should be modified afterwards below the top level
   * @return a new object without identity and read-only members, with complete consent, info,
   *     experiences and educations as far as they were sent
   */
  public static ObjectNode patch(ObjectNode profile) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> member : profile.properties()) {
      String name = member.getKey();
      JsonNode value = member.getValue();
      boolean clearedCreation = name.equals(Fields.CREATED_AT) && value.isNull();
      if (!clearedCreation && !Fields.NOT_STORED.contains(name)) {
        patch.set(name, member(name, value));
      }
    }
    return patch;
  }

  /**
   * What a profile's first write adds to its patch, so that the stored document is complete.
   *
   * <p>Never consent: a profile that never stated any must stay recognisable as such. Never info:
   * the rules require it in a first write.
   *
   * @param patch the patch of {@link #patch}, not modified
   * @param createdAt the server's time, used when the client sent no creation date
   * @return the members that the patch does not have
   */
  public static ObjectNode missing(ObjectNode patch, String createdAt) {
    ObjectNode missing = JsonNodeFactory.instance.objectNode();
    if (!patch.has(Fields.CREATED_AT)) {
      missing.put(Fields.CREATED_AT, createdAt);
    }
    for (String scalar : SCALARS) {
      if (!patch.has(scalar)) {
        missing.putNull(scalar);
      }
    }
    for (String section : Fields.SECTIONS) {
      if (!patch.has(section)) {
        missing.putArray(section);
      }
    }
    return missing;
  }

  private static JsonNode member(String name, JsonNode value) {
    return switch (name) {
      case Fields.CONSENT -> consent(value);
      case Fields.INFO -> info(value);
      case Fields.EXPERIENCES -> EntryNormaliser.entries(value, Fields.COMPANY);
      case Fields.EDUCATIONS -> EntryNormaliser.entries(value, Fields.SCHOOL);
      default ->
          value.isNull() && Fields.SECTIONS.contains(name)
              ? JsonNodeFactory.instance.arrayNode()
              : value;
    };
  }

  /** Both parties with every flag; what is not exactly {@code true} consents to nothing. */
  private static ObjectNode consent(JsonNode sent) {
    ObjectNode consent = JsonNodeFactory.instance.objectNode();
    for (String party : Fields.PARTIES) {
      JsonNode flags = sent.path(party);
      ObjectNode complete = consent.putObject(party);
      for (String purpose : Purpose.WIRE_NAMES) {
        complete.set(purpose, flag(flags.path(purpose)));
      }
      if (flags.has(Fields.UPSKILLING)) {
        complete.set(Fields.UPSKILLING, flag(flags.path(Fields.UPSKILLING)));
      }
    }
    return consent;
  }

  private static BooleanNode flag(JsonNode sent) {
    return BooleanNode.valueOf(sent.isBoolean() && sent.booleanValue());
  }

  private static ObjectNode info(JsonNode sent) {
    ObjectNode info = JsonNodeFactory.instance.objectNode();
    INFO_BEFORE_LOCATION.forEach(name -> info.set(name, valueOrNull(sent, name)));
    info.set(Fields.LOCATION, location(sent.path(Fields.LOCATION)));
    info.set(Fields.URLS, urls(sent.path(Fields.URLS)));
    INFO_AFTER_URLS.forEach(name -> info.set(name, valueOrNull(sent, name)));
    addUnknown(info, sent);
    return info;
  }

  /** A location with all its known members; also of an experience or education. */
  static ObjectNode location(JsonNode sent) {
    ObjectNode location = JsonNodeFactory.instance.objectNode();
    LOCATION.forEach(name -> location.set(name, valueOrNull(sent, name)));
    addUnknown(location, sent);
    return location;
  }

  /** Answered in the shape it came in: the list of {@code {type, url}} stays a list. */
  private static JsonNode urls(JsonNode sent) {
    if (sent.isArray()) {
      return sent;
    }
    ObjectNode urls = JsonNodeFactory.instance.objectNode();
    urls.putArray(Fields.FROM_RESUME);
    URL_NAMES.forEach(name -> urls.put(name, ""));
    // Overwrites in place what was sent, null included, and appends what is not known here.
    sent.properties().forEach(member -> urls.set(member.getKey(), member.getValue()));
    return urls;
  }

  static JsonNode valueOrNull(JsonNode object, String name) {
    JsonNode value = object.get(name);
    return value == null ? NullNode.getInstance() : value;
  }

  /** Keeps what the client knows and this service does not. */
  static void addUnknown(ObjectNode target, JsonNode sent) {
    for (Map.Entry<String, JsonNode> member : sent.properties()) {
      target.putIfAbsent(member.getKey(), member.getValue());
    }
  }
}
