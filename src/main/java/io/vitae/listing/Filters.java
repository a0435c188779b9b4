package io.vitae.listing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.vitae.json.InvalidJsonException;
import io.vitae.json.JsonDocument;
import io.vitae.json.Text;
import io.vitae.profile.rules.IsoDateTime;
import io.vitae.wire.Parameters;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the query of a listing asks of a profile, as conditions for the database. A parameter that
 * is not understood is noted as an error, never ignored.
 */
final class Filters {
  static final Set<String> SEARCH_PARAMETERS =
      Set.of(
          "name",
          "email",
          "key",
          "reference",
          "created_at_min",
          "created_at_max",
          "stage",
          "location_geopoint",
          "location_distance",
          "text_keywords",
          "summary_keywords",
          "experience_keywords",
          "education_keywords",
          "experiences_duration_min",
          "experiences_duration_max",
          "educations_duration_min",
          "educations_duration_max",
          "skills",
          "languages",
          "interests",
          "tags_included",
          "tags_excluded");

  /** As long as a request line. A hundred sources of 128 characters fit in. */
  private static final int MAX_LIST_LENGTH = 16_384;

  private static final int MAX_KEYWORDS = 50;
  private static final int MAX_KEYWORD_LENGTH = 255;

  /** Mean radius of the earth in km (IUGG R1). */
  private static final double EARTH_RADIUS_KM = 6371.0088;

  private final Parameters parameters;
  private final Conditions conditions = new Conditions();

  Filters(Parameters parameters) {
    this.parameters = parameters;
  }

  Conditions conditions() {
    return conditions;
  }

  /**
   * {@code key}, {@code reference}, {@code email} exactly; {@code name} anywhere in the full name.
   */
  void identity() {
    parameters.text("key").ifPresent(key -> conditions.add("p.key = ?", key));
    parameters.text("reference").ifPresent(value -> conditions.add("p.reference = ?", value));
    parameters.text("email").ifPresent(email -> conditions.add("p.email = lower(?)", email));
    parameters
        .text("name")
        .ifPresent(
            name ->
                // Escaped after folding, which may make a wildcard of what was none before.
                conditions.add(
                    """
                    p.name LIKE '%' || replace(replace(replace(
                        vitae_fold(?::text), '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%'
                    """,
                    name));
  }

  /** {@code created_at_min} and {@code created_at_max}, both inclusive. */
  void createdAt() {
    date("created_at_min").ifPresent(min -> conditions.add("p.created_at >= ?", min));
    date("created_at_max").ifPresent(max -> conditions.add("p.created_at <= ?", max));
  }

  /**
   * {@code experiences_duration} and {@code educations_duration} with {@code _min} and {@code
   * _max}, inclusive.
   */
  void durations() {
    for (String column : List.of("experiences_duration", "educations_duration")) {
      parameters
          .number(column + "_min")
          .ifPresent(min -> conditions.add("p." + column + " >= ?", min));
      parameters
          .number(column + "_max")
          .ifPresent(max -> conditions.add("p." + column + " <= ?", max));
    }
  }

  /**
   * {@code location_geopoint}, an object of {@code lat} and {@code lng} or {@code lon}, with {@code
   * location_distance}.
   */
  void nearPoint() {
    Optional<String> point = parameters.text("location_geopoint");
    Optional<Double> distance = parameters.number("location_distance");
    if (point.isEmpty() && distance.isEmpty()) {
      return;
    }
    JsonNode place =
        point.isPresent() ? json("location_geopoint", point.get()) : MissingNode.getInstance();
    if (place == null) {
      return;
    }
    if (!place.isObject()) {
      parameters.error("location_geopoint", "invalid_type", "must be an object of lat and lng");
      return;
    }
    JsonNode lng = place.has("lng") ? place.path("lng") : place.path("lon");
    if (!place.path("lat").isNumber() || !lng.isNumber()) {
      parameters.error("location_geopoint", "invalid_type", "must be an object of lat and lng");
    } else if (distance.isEmpty()) {
      parameters.error("location_distance", "required", "is required with location_geopoint");
    } else {
      near("location_geopoint", place.path("lat").asDouble(), lng.asDouble(), distance.get());
    }
  }

  /** A distance in km from a point, given by three parameters that need each other. */
  void near(String lat, String lng, String distance) {
    Optional<Double> latitude = parameters.number(lat);
    Optional<Double> longitude = parameters.number(lng);
    Optional<Double> km = parameters.number(distance);
    if (latitude.isPresent() && longitude.isPresent() && km.isPresent()) {
      near(lat, latitude.get(), longitude.get(), km.get());
    } else if (latitude.isPresent() || longitude.isPresent() || km.isPresent()) {
      parameters.error(lat, "required", "needs all of " + String.join(", ", lat, lng, distance));
    }
  }

  private void near(String parameter, double lat, double lng, double km) {
    if (Math.abs(lat) > 90 || Math.abs(lng) > 180 || km < 0) {
      parameters.error(parameter, "out_of_range", "must be a place on earth and a distance from 0");
      return;
    }
    double band = Math.toDegrees(km / EARTH_RADIUS_KM);
    // The band of latitudes can be read off an index; the haversine then decides. PostgreSQL fails
    // where a result is too small for a number, so differences are taken of numbers around 1000:
    // they are none at all, or at least the last digit of those.
    conditions.add("p.latitude BETWEEN ? AND ?", lat - band, lat + band);
    conditions.add(
        """
        p.longitude IS NOT NULL AND 2 * %s * asin(least(1, sqrt(
            sind((p.latitude + 1000 - ?) / 2) ^ 2
            + cosd(p.latitude) * cosd(?) * sind((p.longitude + 1000 - ?) / 2) ^ 2))) <= ?
        """
            .formatted(EARTH_RADIUS_KM),
        lat + 1000,
        lat,
        lng + 1000,
        km);
  }

  /** Keywords by section, and named things: skills, languages, interests, tags and stages. */
  void words() {
    keywords("text_keywords", "A");
    keywords("summary_keywords", "B");
    keywords("experience_keywords", "C");
    keywords("education_keywords", "D");
    named("skills", "skill", "skills", true);
    named("languages", "language", "languages", true);
    named("interests", "interest", "interests", true);
    named("tags_included", "tag", "tags", true);
    named("tags_excluded", "tag", "tags", false);
    List<String> stages = strings("stage", MAX_KEYWORDS);
    if (!stages.isEmpty()) {
      conditions.addAny(
          stages.stream().map(stage -> "p.words @@ " + lexeme("stage")).toList(),
          new ArrayList<>(stages));
    }
  }

  /** A JSON array of strings in a string, or one bare string. */
  List<String> strings(String parameter, int max) {
    List<String> strings = new ArrayList<>();
    for (JsonNode entry : array(parameter, max)) {
      if (entry.isTextual()
          && !entry.textValue().isEmpty()
          && entry.textValue().length() <= MAX_KEYWORD_LENGTH
          && Text.isStorable(entry.textValue())) {
        strings.add(entry.textValue());
      } else {
        parameters.error(
            parameter, "invalid_type", "must be an array of strings of 1 to 255 characters");
      }
    }
    return strings;
  }

  private void keywords(String parameter, String weight) {
    strings(parameter, MAX_KEYWORDS)
        .forEach(word -> conditions.add("p.words @@ vitae_phrase(?, '" + weight + "')", word));
  }

  /**
   * An entry, or each of an array, is a name or an object of {@code name} and {@code value}; a null
   * value fits any.
   */
  private void named(String parameter, String kind, String section, boolean wanted) {
    for (JsonNode entry : array(parameter, MAX_KEYWORDS)) {
      JsonNode name = entry.isObject() ? entry.path("name") : entry;
      JsonNode value = entry.path("value");
      if (!name.isTextual()
          || name.textValue().length() > MAX_KEYWORD_LENGTH
          || !Text.isStorable(name.textValue())
          || value.isContainerNode()
          || !isComparable(value)) {
        parameters.error(
            parameter, "invalid_type", "must be an array of objects of name and value");
        continue;
      }
      List<Object> values = new ArrayList<>(List.of(name.textValue()));
      String condition = "p.words @@ " + lexeme(kind);
      if (!value.isMissingNode() && !value.isNull()) {
        condition +=
            " AND EXISTS (SELECT FROM jsonb_array_elements(p.document -> '%s') AS e"
                    .formatted(section)
                + " WHERE vitae_fold(e ->> 'name') = vitae_fold(?::text) AND e -> 'value' = ?::text::jsonb)";
        values.add(name.textValue());
        values.add(JsonDocument.write(value));
      }
      conditions.add(wanted ? condition : "NOT (" + condition + ")", values.toArray());
    }
  }

  /** Whether PostgreSQL can read a scalar as JSON. */
  private static boolean isComparable(JsonNode value) {
    return value.isTextual()
        ? Text.isStorable(value.textValue())
        : !value.isBigDecimal()
            || Math.abs((long) value.decimalValue().scale()) <= JsonDocument.MAX_NUMBER_LENGTH;
  }

  /**
   * A lexeme as it stands, not as the text parser would take it apart: quoted, with its quotes
   * doubled.
   */
  private static String lexeme(String kind) {
    return "('''' || replace(replace(vitae_lexeme('%s', ?), '\\', '\\\\'), '''', '''''') || '''')::tsquery"
        .formatted(kind);
  }

  private ArrayNode array(String parameter, int max) {
    ArrayNode entries = JsonDocument.array();
    parameters
        .text(parameter, MAX_LIST_LENGTH)
        .ifPresent(
            text -> {
              boolean bare = !text.startsWith("[") && !text.startsWith("{");
              JsonNode parsed = bare ? TextNode.valueOf(text) : json(parameter, text);
              if (parsed instanceof ArrayNode array) {
                entries.addAll(array);
              } else if (parsed != null) {
                entries.add(parsed);
              }
            });
    if (entries.size() > max) {
      parameters.error(parameter, "too_many_entries", "must have at most " + max);
      entries.removeAll();
    }
    return entries;
  }

  private JsonNode json(String parameter, String text) {
    try {
      return JsonDocument.parseValue(text.getBytes(StandardCharsets.UTF_8));
    } catch (InvalidJsonException e) {
      parameters.error(parameter, "invalid_json", "must be JSON");
      return null;
    }
  }

  private Optional<OffsetDateTime> date(String parameter) {
    Optional<String> text = parameters.text(parameter);
    Optional<OffsetDateTime> date = text.flatMap(IsoDateTime::parseLenient);
    if (text.isPresent() && date.isEmpty()) {
      parameters.error(parameter, "invalid_date", "must be an ISO 8601 date or date-time");
    }
    return date;
  }
}
