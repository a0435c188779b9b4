package io.vitae.listing;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitae.json.JsonDocument;
import io.vitae.json.Text;
import io.vitae.wire.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The filters that the columns of words and names answer (adr/0004): keywords by section, and named
 * things.
 */
final class WordFilters {
  private static final int MAX_KEYWORDS = 50;

  private final Parameters parameters;
  private final JsonParameters json;
  private final Conditions conditions;

  WordFilters(Parameters parameters, Conditions conditions) {
    this.parameters = parameters;
    this.json = new JsonParameters(parameters);
    this.conditions = conditions;
  }

  /** Keywords by section, and named things: skills, languages, interests, tags and stages. */
  void read() {
    keywords("text");
    keywords("summary");
    keywords("experience");
    keywords("education");
    named("skills", "skill", "skills", true);
    named("languages", "language", "languages", true);
    named("interests", "interest", "interests", true);
    named("tags_included", "tag", "tags", true);
    named("tags_excluded", "tag", "tags", false);
    List<String> stages = json.strings("stage", MAX_KEYWORDS);
    if (!stages.isEmpty()) {
      conditions.addWords(
          stages.stream()
              .map(stage -> lexeme("stage"))
              .collect(Collectors.joining(" || ", "p.names @@ (", ")")),
          stages.toArray());
    }
  }

  private void keywords(String section) {
    json.strings(section + "_keywords", MAX_KEYWORDS)
        .forEach(word -> conditions.addWords("p." + section + "_words @@ vitae_phrase(?)", word));
  }

  /**
   * An entry, or each of an array, is a name or an object of {@code name} and {@code value}; a null
   * value fits any.
   */
  private void named(String parameter, String kind, String section, boolean wanted) {
    for (JsonNode entry : json.array(parameter, MAX_KEYWORDS)) {
      JsonNode name = entry.isObject() ? entry.path("name") : entry;
      JsonNode value = entry.path("value");
      if (!name.isTextual()
          || name.textValue().length() > JsonParameters.MAX_STRING_LENGTH
          || !Text.isStorable(name.textValue())
          || value.isContainerNode()
          || !isComparable(value)) {
        parameters.error(
            parameter, "invalid_type", "must be an array of objects of name and value");
        continue;
      }
      List<Object> values = new ArrayList<>(List.of(name.textValue()));
      String condition = "p.names @@ " + lexeme(kind);
      if (!value.isMissingNode() && !value.isNull()) {
        condition +=
            " AND EXISTS (SELECT FROM jsonb_array_elements(p.document -> '%s') AS e"
                    .formatted(section)
                + " WHERE vitae_fold(e ->> 'name') = vitae_fold(?::text) AND e -> 'value' = ?::text::jsonb)";
        values.add(name.textValue());
        values.add(JsonDocument.write(value));
      }
      if (wanted) {
        conditions.addWords(condition, values.toArray());
      } else {
        conditions.check("NOT (" + condition + ")", values.toArray());
      }
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
}
