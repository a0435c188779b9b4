package io.vitae.listing;

import io.vitae.json.Text;
import io.vitae.profile.rules.IsoDateTime;
import io.vitae.wire.Parameters;
import java.time.OffsetDateTime;
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

  private final Parameters parameters;
  private final Conditions conditions = new Conditions();

  Filters(Parameters parameters) {
    this.parameters = parameters;
  }

  Conditions conditions() {
    return conditions;
  }

  /**
   * {@code key}, {@code reference}, {@code email} exactly, but for the case of A to Z in an
   * address; {@code name} anywhere in the full name.
   */
  void identity() {
    parameters.text("key").ifPresent(key -> conditions.add("p.key = ?", key));
    parameters.text("reference").ifPresent(value -> conditions.add("p.reference = ?", value));
    parameters
        .text("email")
        .ifPresent(email -> conditions.add("p.email = ?", Text.asciiLowerCase(email)));
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
          .ifPresent(min -> conditions.check("p." + column + " >= ?", min));
      parameters
          .number(column + "_max")
          .ifPresent(max -> conditions.check("p." + column + " <= ?", max));
    }
  }

  /** {@code location_geopoint} and {@code location_distance}. */
  void nearPoint() {
    new PlaceFilter(parameters, conditions).readPoint();
  }

  /** A distance in km from a point, given by three parameters that need each other. */
  void near(String lat, String lng, String distance) {
    new PlaceFilter(parameters, conditions).read(lat, lng, distance);
  }

  /** Keywords by section, and named things. */
  void words() {
    new WordFilters(parameters, conditions).read();
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
