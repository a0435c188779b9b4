package io.vitae.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Makes a tree of a body whose strings stay in the body ({@link TextInBody}). The parser passes
 * over a string that nobody has asked it for, which is a good deal cheaper than decoding it.
 */
final class TreeReader {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final JsonParser parser;
  private final byte[] body;
  private final int start;
  private final boolean verbatim;

  /**
   * A reader of one body.
   *
   * @param parser of the body from {@code start} on
   */
  TreeReader(JsonParser parser, byte[] body, int start) {
    this.parser = parser;
    this.body = body;
    this.start = start;
    this.verbatim = hasNoOtherEscapes(body);
  }

  /**
   * Whether all escapes of a body are those that a writer makes, too: a writer needs no code points
   * in hexadecimal and leaves the slash alone. Made a string first because the platform searches
   * those many bytes at a time.
   */
  private static boolean hasNoOtherEscapes(byte[] body) {
    String bytes = new String(body, StandardCharsets.ISO_8859_1);
    int at = bytes.indexOf('\\');
    while (at >= 0 && at + 1 < bytes.length()) {
      char escaped = bytes.charAt(at + 1);
      if (escaped == 'u' || escaped == '/') {
        return false;
      }
      at = bytes.indexOf('\\', at + 2);
    }
    return true;
  }

  /**
   * The members of the object that the parser has just entered, up to its end.
   *
   * @throws InvalidJsonException if there are two of one name
   */
  ObjectNode object() throws IOException {
    ObjectNode object = NODES.objectNode();
    String name = parser.nextFieldName();
    while (name != null) {
      JsonNode value;
      String next;
      if (parser.nextToken() == JsonToken.VALUE_STRING) {
        int quote = offset();
        next = parser.nextFieldName();
        value = textFrom(quote);
      } else {
        value = value();
        next = parser.nextFieldName();
      }
      if (object.replace(name, value) != null) {
        throw InvalidJsonException.malformed();
      }
      name = next;
    }
    return object;
  }

  private ArrayNode array() throws IOException {
    ArrayNode array = NODES.arrayNode();
    JsonToken token = parser.nextToken();
    while (token != JsonToken.END_ARRAY) {
      if (token == JsonToken.VALUE_STRING) {
        int quote = offset();
        token = parser.nextToken();
        array.add(textFrom(quote));
      } else {
        array.add(value());
        token = parser.nextToken();
      }
    }
    return array;
  }

  /** Any value but a string. */
  private JsonNode value() throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_NUMBER_INT -> integer();
      case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDecimalValue());
      case VALUE_TRUE -> BooleanNode.TRUE;
      case VALUE_FALSE -> BooleanNode.FALSE;
      case VALUE_NULL -> NullNode.getInstance();
      default -> throw InvalidJsonException.malformed();
    };
  }

  private JsonNode integer() throws IOException {
    return switch (parser.getNumberType()) {
      case INT -> NODES.numberNode(parser.getIntValue());
      case LONG -> NODES.numberNode(parser.getLongValue());
      default -> NODES.numberNode(parser.getBigIntegerValue());
    };
  }

  /**
   * The string whose opening quotation mark stands at {@code quote}, once the parser has come to
   * the next token: between the two there is nothing but white space and perhaps a comma.
   */
  private TextInBody textFrom(int quote) {
    int end = offset() - 1;
    while (body[end] != '"') {
      end--;
    }
    return new TextInBody(body, quote + 1, end, verbatim);
  }

  /** Where the current token begins. */
  private int offset() {
    return start + (int) parser.currentTokenLocation().getByteOffset();
  }
}
