package io.vitae.profile.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitae.json.Pointer;
import io.vitae.json.Text;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * One object under examination, where it stands, and the checks that many members share.
 *
 * <p>There are some hundred checks in a profile, so what most of them do is done without a callback
 * that knows the name of the member (adr/0012).
 */
record Subject(ObjectNode node, Pointer at, Violations violations) {

  /** The value of a member if it is there and not null. */
  Optional<JsonNode> value(String name) {
    JsonNode value = node.get(name);
    // Not isNull(), which asks a value of any class what it is.
    return value == null || value instanceof NullNode ? Optional.empty() : Optional.of(value);
  }

  void violation(String name, ViolationCode code, String message) {
    violations.add(at.child(name), code, message);
  }

  /** A member that is absent, null, or a string whose length the general limit bounds. */
  void text(String name) {
    textNode(name);
  }

  /** A member that is absent, null, or a string of at most {@code max} characters. */
  void text(String name, int max) {
    Optional<JsonNode> text = textNode(name);
    if (text.isPresent() && Text.isLongerThan(text.get(), max)) {
      violation(name, ViolationCode.TOO_LONG, "must have at most " + max + " characters");
    }
  }

  /** The string of a member; a violation if it is neither a string nor null. */
  Optional<String> string(String name) {
    return textNode(name).map(JsonNode::textValue);
  }

  private Optional<JsonNode> textNode(String name) {
    Optional<JsonNode> value = value(name);
    if (value.isPresent() && !value.get().isTextual()) {
      violation(name, ViolationCode.INVALID_TYPE, "must be a string or null");
      return Optional.empty();
    }
    return value;
  }

  /** A member that is absent, null, or one of some strings. */
  void oneOf(String name, List<String> allowed) {
    Optional<JsonNode> value = value(name);
    if (value.isPresent()
        && !(value.get().isTextual() && allowed.contains(value.get().textValue()))) {
      violation(
          name,
          ViolationCode.INVALID_VALUE,
          "must be null or one of " + String.join(", ", allowed));
    }
  }

  /** The object of a member; a violation if it is neither an object nor null. */
  Optional<Subject> object(String name) {
    Optional<JsonNode> value = value(name);
    if (value.isPresent() && !value.get().isObject()) {
      violation(name, ViolationCode.INVALID_TYPE, "must be an object or null");
      return Optional.empty();
    }
    return value.map(object -> new Subject((ObjectNode) object, at.child(name), violations));
  }

  /**
   * A member that is absent, null, or an array of objects.
   *
   * @param check is then given each of them, with the name of the member
   */
  void objects(String name, BiConsumer<String, Subject> check) {
    Optional<JsonNode> value = value(name);
    if (value.isPresent() && !value.get().isArray()) {
      violation(name, ViolationCode.INVALID_TYPE, "must be an array of objects or null");
    } else if (value.isPresent() && !value.get().isEmpty()) {
      elements(name, value.get(), check);
    }
  }

  /**
   * Checks the elements of an array, which must be objects.
   *
   * @param check is given each of them, with the name of the member
   */
  void elements(String name, JsonNode list, BiConsumer<String, Subject> check) {
    Pointer listAt = at.child(name);
    for (int i = 0; i < list.size() && !violations.isFull(); i++) {
      if (list.get(i) instanceof ObjectNode object) {
        check.accept(name, new Subject(object, listAt.child(i), violations));
      } else {
        violations.add(listAt.child(i), ViolationCode.INVALID_TYPE, "must be an object");
      }
    }
  }

  @Override
  public String toString() {
    return "Subject[" + at + "]";
  }
}
