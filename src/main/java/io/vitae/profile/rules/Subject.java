package io.vitae.profile.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitae.json.Pointer;
import io.vitae.json.Text;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** One object under examination, where it stands, and the checks that many members share. */
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
    textNode(name)
        .filter(text -> Text.isLongerThan(text, max))
        .ifPresent(
            text ->
                violation(
                    name, ViolationCode.TOO_LONG, "must have at most " + max + " characters"));
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
    value(name)
        .filter(value -> !value.isTextual() || !allowed.contains(value.textValue()))
        .ifPresent(
            value ->
                violation(
                    name,
                    ViolationCode.INVALID_VALUE,
                    "must be null or one of " + String.join(", ", allowed)));
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

  /** A member that is absent, null, or an array of objects, each of which is then checked. */
  void objects(String name, Consumer<Subject> check) {
    Optional<JsonNode> value = value(name);
    if (value.isPresent() && !value.get().isArray()) {
      violation(name, ViolationCode.INVALID_TYPE, "must be an array of objects or null");
      return;
    }
    value.ifPresent(list -> elements(list, at.child(name), check));
  }

  /** Checks the elements of an array, which must be objects. */
  void elements(JsonNode list, Pointer listAt, Consumer<Subject> check) {
    for (int i = 0; i < list.size() && !violations.isFull(); i++) {
      if (list.get(i) instanceof ObjectNode object) {
        check.accept(new Subject(object, listAt.child(i), violations));
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
