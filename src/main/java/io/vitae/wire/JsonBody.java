package io.vitae.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitae.json.InvalidJsonException;
import io.vitae.json.JsonDocument;
import io.vitae.json.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A small JSON object, read member by member. Absent and null mean the same. Errors are collected,
 * so that a client hears of all of them at once.
 */
public final class JsonBody {
  private static final JsonDocument JSON = new JsonDocument(8);

  private final ObjectNode tree;
  private final List<FieldError> errors = new ArrayList<>();

  private JsonBody(ObjectNode tree) {
    this.tree = tree;
  }

  /**
   * Reads a body.
   *
   * @throws ApiException {@link ErrorCode#INVALID_JSON} unless it is one JSON object
   */
  public static JsonBody parse(byte[] body) {
    try {
      return new JsonBody(JSON.parse(body));
    } catch (InvalidJsonException e) {
      throw ApiException.of(e);
    }
  }

  /** A string of 1 to {@code max} characters, if the member is there. */
  public Optional<String> string(String name, int max) {
    return value(name)
        .filter(
            value ->
                expect(
                    value.isTextual()
                        && !value.textValue().isEmpty()
                        && !Text.isLongerThan(value.textValue(), max)
                        && Text.isStorable(value.textValue()),
                    name,
                    "must be a string of 1 to " + max + " characters"))
        .map(JsonNode::textValue);
  }

  /** A switch: true, false, 1 or 0, if the member is there. */
  public Optional<Boolean> flag(String name) {
    return value(name)
        .filter(
            value ->
                expect(
                    value.isBoolean() || (value.isInt() && (value.intValue() >> 1) == 0),
                    name,
                    "must be true, false, 1 or 0"))
        .map(value -> value.isBoolean() ? value.booleanValue() : value.intValue() == 1);
  }

  /** An object, if the member is there. */
  public Optional<ObjectNode> object(String name) {
    return value(name)
        .filter(value -> expect(value.isObject(), name, "must be an object"))
        .map(ObjectNode.class::cast);
  }

  /** Whether the member is there with a string in it. */
  public Optional<String> sourceKey() {
    return Optional.of(tree.path("source_key"))
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue);
  }

  /** Refuses members that are not known. */
  public void allow(Set<String> names) {
    tree.fieldNames()
        .forEachRemaining(
            name -> {
              if (!names.contains(name)) {
                error(name, "unknown_field", "is not known here");
              }
            });
  }

  /** Notes that something is wrong with a member. */
  public void error(String name, String code, String message) {
    errors.add(new FieldError("/" + name.replace("~", "~0").replace("/", "~1"), code, message));
  }

  /**
   * Ends the reading.
   *
   * @param code what a failure is called
   * @throws ApiException with all errors noted so far, if any
   */
  public void check(ErrorCode code) {
    if (!errors.isEmpty()) {
      throw new ApiException(code, errors.stream().limit(50).toList());
    }
  }

  private Optional<JsonNode> value(String name) {
    return Optional.ofNullable(tree.get(name)).filter(value -> !value.isNull());
  }

  private boolean expect(boolean fine, String name, String message) {
    if (!fine) {
      error(name, "invalid_type", message);
    }
    return fine;
  }
}
