package io.vitae.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitae.json.InvalidJsonException.Limit;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes a tree of one body, whose strings stay in the body ({@link TextInBody}). */
final class TreeReader {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** Digits of a decimal, in all and behind the point, that is a common one. */
  private static final int COMMON_DIGITS = 30;

  /** How many decimals are common; with so many, zeros before their digits do not add up. */
  private static final int COMMON_DECIMALS = 1000;

  /** Characters of an integer that is one of 64 bits, whatever its digits. */
  private static final int SHORT_INTEGER = 18;

  private final byte[] body;
  private final JsonScanner scanner;
  private final Names names;
  private final int maxDepth;
  private final boolean toWriteAgain;

  /** Of each object that is being read the name of its last member, and each array's elements. */
  private Object[] path = new Object[16];

  /**
   * Names and values in turn of the objects that are being read, each behind the one that it is in:
   * when one has ended, its members are copied to an array of just their number.
   */
  private Object[] members = new Object[64];

  private int membersEnd;

  /** How many members came behind one of their object whose name is greater. */
  private int disorders;

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
   * @param body not copied
   * @param start of the text in it
   * @param names of members, kept from one body to the next
   * @param maxDepth how deep objects and arrays may be nested
   * @param toWriteAgain whether the tree is to be written and not changed: what a writer would
   *     write as it is in the body then knows where that is
   */
  TreeReader(byte[] body, int start, Names names, int maxDepth, boolean toWriteAgain) {
    this.body = body;
    this.scanner = new JsonScanner(body, start);
    this.names = names;
    this.maxDepth = maxDepth;
    this.toWriteAgain = toWriteAgain;
  }

  /**
   * The object that the body is.
   *
   * @throws InvalidJsonException if it is anything else, not in UTF-8, or past a limit
   */
  ObjectNode document() {
    if (scanner.isAtEnd() || scanner.peek() != '{') {
      throw InvalidJsonException.malformed("must be one JSON object");
    }
    ObjectNode document = object();
    if (!scanner.isAtEnd()) {
      throw scanner.malformed();
    }
    return document;
  }

  /** How far what has been read goes. */
  Extent extent() {
    return new Extent(
        deepest, longestName, longestString, longestArray, scanner.isStorable(), common);
  }

  private ObjectNode object() {
    int start = scanner.at();
    int departures = scanner.departures();
    int disordersBefore = disorders;
    enter(null);
    Map<String, JsonNode> read = members();
    depth--;
    return toWriteAgain && scanner.departures() == departures
        ? new ObjectInBody(read, body, start, scanner.at(), disorders == disordersBefore)
        : new ObjectNode(NODES, read);
  }

  private Map<String, JsonNode> members() {
    int start = membersEnd;
    long bits = 0;
    boolean more = !scanner.closes('}');
    while (more) {
      if (membersEnd - start == 2 * Members.FEW) {
        return manyMembers(collected(start, bits));
      }
      String name = memberName();
      JsonNode value = value();
      long bit = Members.bit(name);
      if ((bits & bit) != 0 && Members.find(members, start, membersEnd, name) < membersEnd) {
        throw twice();
      }
      bits |= bit;
      if (membersEnd == members.length) {
        members = Arrays.copyOf(members, 2 * membersEnd);
      }
      members[membersEnd++] = name;
      members[membersEnd++] = value;
      more = scanner.continues('}');
    }
    return collected(start, bits);
  }

  private Members collected(int start, long bits) {
    Object[] slots = Arrays.copyOfRange(members, start, membersEnd);
    membersEnd = start;
    return new Members(slots, bits);
  }

  /** A table of the first members of an object and of those that follow. */
  private Map<String, JsonNode> manyMembers(Members first) {
    Map<String, JsonNode> many = new LinkedHashMap<>(first);
    do {
      if (many.put(memberName(), value()) != null) {
        throw twice();
      }
    } while (scanner.continues('}'));
    return many;
  }

  private String memberName() {
    String name = name();
    if (path[depth - 1] instanceof String before && before.compareTo(name) > 0) {
      disorders++;
    }
    path[depth - 1] = name;
    scanner.expect(':');
    return name;
  }

  private InvalidJsonException twice() {
    return InvalidJsonException.malformed(pointer(depth), "is there twice");
  }

  private ArrayNode array() {
    int start = scanner.at();
    int departures = scanner.departures();
    int disordersBefore = disorders;
    List<JsonNode> elements = new ArrayList<>();
    enter(elements);
    boolean more = !scanner.closes(']');
    while (more) {
      elements.add(value());
      more = scanner.continues(']');
    }
    depth--;
    longestArray = Math.max(longestArray, elements.size());
    return toWriteAgain && scanner.departures() == departures
        ? new ArrayInBody(elements, body, start, scanner.at(), disorders == disordersBefore)
        : new ArrayNode(NODES, elements);
  }

  private void enter(List<JsonNode> elements) {
    scanner.skip();
    if (depth == maxDepth) {
      throw InvalidJsonException.exceeded(Limit.DEPTH, pointer(depth));
    }
    if (depth == path.length) {
      path = Arrays.copyOf(path, 2 * depth);
    }
    path[depth++] = elements;
    deepest = Math.max(deepest, depth);
  }

  private String name() {
    scanner.string();
    int length = scanner.end() - scanner.start();
    if (length > JsonDocument.MAX_NAME_LENGTH) {
      throw InvalidJsonException.exceeded(Limit.NAME, pointer(depth - 1));
    }
    String name;
    if (scanner.isEscaped()) {
      name = string().textValue();
      if (hasLoneSurrogate(name)) {
        throw InvalidJsonException.malformed(
            pointer(depth - 1), "must have member names without lone surrogates");
      }
    } else {
      name = names.of(body, scanner.start(), scanner.end());
    }
    longestName = Math.max(longestName, length);
    return name;
  }

  private static boolean hasLoneSurrogate(String name) {
    return name.codePoints().anyMatch(point -> Character.getType(point) == Character.SURROGATE);
  }

  private JsonNode value() {
    return switch (scanner.peek()) {
      case '"' -> {
        scanner.string();
        longestString = Math.max(longestString, scanner.end() - scanner.start());
        yield string();
      }
      case '{' -> object();
      case '[' -> array();
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
      case 't' -> {
        scanner.trueLiteral();
        yield BooleanNode.TRUE;
      }
      case 'f' -> {
        scanner.falseLiteral();
        yield BooleanNode.FALSE;
      }
      case 'n' -> {
        scanner.nullLiteral();
        yield NullNode.getInstance();
      }
      default -> throw scanner.malformed();
    };
  }

  private TextInBody string() {
    return new TextInBody(
        body, scanner.start(), scanner.end(), scanner.isVerbatim(), scanner.isEscaped());
  }

  private JsonNode number() {
    scanner.number();
    int length = scanner.end() - scanner.start();
    if (length > JsonDocument.MAX_NUMBER_LENGTH + JsonDocument.NUMBER_SIGNS) {
      throw InvalidJsonException.exceeded(Limit.NUMBER, pointer(depth));
    }
    if (!scanner.isIntegral()) {
      return decimal();
    }
    if (length <= SHORT_INTEGER) {
      return integer(scanner.integer());
    }
    BigInteger integer = new BigInteger(new String(scanner.characters()));
    if (integer.bitLength() < Long.SIZE) {
      return integer(integer.longValue());
    }
    common = false;
    return NODES.numberNode(integer);
  }

  private static JsonNode integer(long value) {
    return value == (int) value ? NODES.numberNode((int) value) : NODES.numberNode(value);
  }

  private JsonNode decimal() {
    BigDecimal decimal;
    try {
      decimal = new BigDecimal(scanner.characters());
    } catch (NumberFormatException e) {
      // The exponent has too many digits.
      throw InvalidJsonException.exceeded(Limit.NUMBER, pointer(depth));
    }
    decimals++;
    common &=
        decimal.scale() >= 0
            && decimal.scale() <= COMMON_DIGITS
            && decimal.precision() <= COMMON_DIGITS
            && decimals < COMMON_DECIMALS;
    return NODES.numberNode(decimal);
  }

  /** Where the value is that is being read in so many objects and arrays. */
  private Pointer pointer(int steps) {
    Pointer at = Pointer.root("");
    for (int i = 0; i < steps; i++) {
      at = path[i] instanceof List<?> list ? at.child(list.size()) : at.child((String) path[i]);
    }
    return at;
  }
}
