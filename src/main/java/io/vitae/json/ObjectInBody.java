package io.vitae.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.Map;

/**
 * An object whose text in the body is what a writer would make of it, so that it is copied and not
 * put together again. Nobody can change it, because its text would not change with it; {@code
 * deepCopy} gives an object that can be.
 */
@SuppressWarnings("unchecked") // what it inherits
final class ObjectInBody extends ObjectNode {
  private static final long serialVersionUID = 1L;

  private final transient byte[] body;
  private final int start;
  private final int end;
  private final boolean sorted;

  /**
   * The object that lies somewhere in a body.
   *
   * @param members not copied, and not to be changed
   * @param body not copied
   * @param start of the opening brace
   * @param end behind the closing one
   * @param sorted whether the members of all objects in it are in the order of their names
   */
  ObjectInBody(Map<String, JsonNode> members, byte[] body, int start, int end, boolean sorted) {
    super(
        JsonNodeFactory.instance,
        // A few freeze by themselves, because going through a view of them takes longer.
        members instanceof Members few ? few.frozen() : Collections.unmodifiableMap(members));
    this.body = body;
    this.start = start;
    this.end = end;
    this.sorted = sorted;
  }

  /**
   * Copies the text, if it is what is to be written.
   *
   * @param sorting whether members are to be in the order of their names
   */
  boolean writeTo(JsonWriter out, boolean sorting) {
    if (sorting && !sorted) {
      return false;
    }
    out.text(body, start, end);
    return true;
  }
}
