package io.vitae.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Collections;
import java.util.List;

/** An array whose text in the body is what a writer would make of it, see {@link ObjectInBody}. */
@SuppressWarnings("unchecked") // what it inherits
final class ArrayInBody extends ArrayNode {
  private static final long serialVersionUID = 1L;

  private final transient byte[] body;
  private final int start;
  private final int end;
  private final boolean sorted;

  /**
   * The array that lies somewhere in a body.
   *
   * @param elements not copied, and not to be changed
   * @param body not copied
   * @param start of the opening bracket
   * @param end behind the closing one
   * @param sorted whether the members of all objects in it are in the order of their names
   */
  ArrayInBody(List<JsonNode> elements, byte[] body, int start, int end, boolean sorted) {
    super(JsonNodeFactory.instance, Collections.unmodifiableList(elements));
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
