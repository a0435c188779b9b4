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
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/**
 * Makes a tree of a body whose strings stay in the body ({@link TextInBody}). The parser passes
 * over a string that nobody has asked it for, which is a good deal cheaper than decoding it.
 */
final class TreeReader {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** Digits of a decimal, in all and behind the point, that is a common one. */
  private static final int COMMON_DIGITS = 30;

  /** How many decimals are common; with so many, zeros before their digits do not add up. */
  private static final int COMMON_DECIMALS = 1000;

  private final JsonParser parser;
  private final byte[] body;
  private final int start;

  /** Whether all escapes of the body are those that a writer makes, too. */
  private boolean verbatim = true;

  /** Whether it is known that no string and no name has a NUL character or a lone surrogate. */
  private boolean storable = true;

  private int depth;
  private int deepest;
  private int longestName;
  private int longestString;
  private int longestArray;
  private int decimals;
  private boolean common = true;

  /**
   * A reader of one body.
   *
   * @param parser of the body from {@code start} on
   */
  TreeReader(JsonParser parser, byte[] body, int start) {
    this.parser = parser;
    this.body = body;
    this.start = start;
    lookAtEscapes();
  }

  /**
   * Looks at the escapes of the body, with its bytes as a string because the platform searches
   * those many at a time.
   *
   * <p>A writer needs no code points in hexadecimal and leaves the slash alone. And where none of
   * those code points is a NUL or half of a pair, all text can be stored: the parser refuses both
   * where they are not escaped.
   */
  private void lookAtEscapes() {
    String bytes = new String(body, StandardCharsets.ISO_8859_1);
    int at = bytes.indexOf('\\');
    while (at >= 0 && at + 1 < bytes.length()) {
      char escaped = bytes.charAt(at + 1);
      if (escaped == 'u') {
        verbatim = false;
        storable &= !isNulOrSurrogate(bytes, at + 2);
      } else if (escaped == '/') {
        verbatim = false;
      }
      at = bytes.indexOf('\\', at + 2);
    }
  }

  /** Whether these digits are 0000 or D800 to DFFF; the parser sees to it that they are digits. */
  private static boolean isNulOrSurrogate(String text, int digits) {
    if (text.startsWith("0000", digits)) {
      return true;
    }
    boolean startsWithD = text.startsWith("d", digits) || text.startsWith("D", digits);
    return startsWithD && digits + 1 < text.length() && text.charAt(digits + 1) >= '8';
  }

  /**
   * The members of the object that the parser has just entered, up to its end.
   *
   * @throws InvalidJsonException if there are two of one name
   */
  ObjectNode object() throws IOException {
    ObjectNode object = NODES.objectNode();
    enter();
    String name = parser.nextFieldName();
    while (name != null) {
      longestName = Math.max(longestName, name.length());
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
    depth--;
    return object;
  }

  private ArrayNode array() throws IOException {
    ArrayNode array = NODES.arrayNode();
    enter();
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
    depth--;
    longestArray = Math.max(longestArray, array.size());
    return array;
  }

  /** Any value but a string. */
  private JsonNode value() throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_NUMBER_INT -> integer();
      case VALUE_NUMBER_FLOAT -> decimal();
      case VALUE_TRUE -> BooleanNode.TRUE;
      case VALUE_FALSE -> BooleanNode.FALSE;
      case VALUE_NULL -> NullNode.getInstance();
      default -> throw InvalidJsonException.malformed();
    };
  }

  private void enter() {
    depth++;
    deepest = Math.max(deepest, depth);
  }

  /** How far what has been read goes. */
  Extent extent() {
    return new Extent(deepest, longestName, longestString, longestArray, storable, common);
  }

  private JsonNode decimal() throws IOException {
    BigDecimal decimal = parser.getDecimalValue();
    decimals++;
    common &=
        decimal.scale() >= 0
            && decimal.scale() <= COMMON_DIGITS
            && decimal.precision() <= COMMON_DIGITS
            && decimals < COMMON_DECIMALS;
    return NODES.numberNode(decimal);
  }

  private JsonNode integer() throws IOException {
    return switch (parser.getNumberType()) {
      case INT -> NODES.numberNode(parser.getIntValue());
      case LONG -> NODES.numberNode(parser.getLongValue());
      default -> {
        common = false;
        yield NODES.numberNode(parser.getBigIntegerValue());
      }
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
    longestString = Math.max(longestString, end - quote - 1);
    return new TextInBody(body, quote + 1, end, verbatim);
  }

  /** Where the current token begins. */
  private int offset() {
    return start + (int) parser.currentTokenLocation().getByteOffset();
  }
}
