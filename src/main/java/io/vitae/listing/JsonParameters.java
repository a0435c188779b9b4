package io.vitae.listing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.vitae.json.InvalidJsonException;
import io.vitae.json.JsonDocument;
import io.vitae.json.Text;
import io.vitae.wire.Parameters;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Parameters whose values are JSON in a string. */
final class JsonParameters {
  /** The longest keyword, name or key, in UTF-16 units. */
  static final int MAX_STRING_LENGTH = 255;

  /** As long as a request line. A hundred sources of 128 characters fit in. */
  private static final int MAX_LIST_LENGTH = 16_384;

  private final Parameters parameters;

  JsonParameters(Parameters parameters) {
    this.parameters = parameters;
  }

  /** A JSON array of strings in a string, or one bare string. */
  List<String> strings(String parameter, int max) {
    List<String> strings = new ArrayList<>();
    for (JsonNode entry : array(parameter, max)) {
      if (entry.isTextual()
          && !entry.textValue().isEmpty()
          && entry.textValue().length() <= MAX_STRING_LENGTH
          && Text.isStorable(entry.textValue())) {
        strings.add(entry.textValue());
      } else {
        parameters.error(
            parameter, "invalid_type", "must be an array of strings of 1 to 255 characters");
      }
    }
    return strings;
  }

  /** The entries of a JSON array; anything else is its only entry. */
  ArrayNode array(String parameter, int max) {
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

  /** Any JSON value; null, and an error noted, when the text is none. */
  JsonNode json(String parameter, String text) {
    try {
      return JsonDocument.parseValue(text.getBytes(StandardCharsets.UTF_8));
    } catch (InvalidJsonException e) {
      parameters.error(parameter, "invalid_json", "must be JSON");
      return null;
    }
  }
}
