package io.vitae.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;

/**
 * Strict reading of request bodies into a tree, and writing of trees.
 *
 * <p>Strict because what is read is stored and given back: a second member of the same name, a
 * number that would be rounded or bytes that are not UTF-8 would come back as something else.
 */
public final class JsonDocument {
  /** Most digits that one number should have; PostgreSQL's {@code numeric} takes far more. */
  public static final int MAX_NUMBER_LENGTH = 1000;

  /** What a number may have beside them: signs, point and exponent. */
  static final int NUMBER_SIGNS = 8;

  /** Bytes of the longest member name that is read, several times what the rules allow. */
  static final int MAX_NAME_LENGTH = 4096;

  /** Room for what is mostly a short text. */
  private static final int SMALL = 512;

  private static final JsonDocument VALUES = new JsonDocument(8);

  private final int maxDepth;
  private final Names names;

  /**
   * A reader of documents.
   *
   * @param maxDepth how deep objects and arrays may be nested; the document itself is depth 1
   */
  public JsonDocument(int maxDepth) {
    this(maxDepth, List.of());
  }

  /**
   * A reader of documents with known members.
   *
   * @param maxDepth how deep objects and arrays may be nested; the document itself is depth 1
   * @param names that members mostly have; asking an object for one by the very string that is
   *     given here is quickest
   */
  public JsonDocument(int maxDepth, Collection<String> names) {
    this.maxDepth = maxDepth;
    this.names = new Names(names);
  }

  /**
   * A body that was read.
   *
   * @param root its object; numbers with a fraction or an exponent are {@link java.math.BigDecimal}
   *     with the digits as sent
   */
  public record Parsed(ObjectNode root, Extent extent) {
    @Override
    public String toString() {
      return "Parsed[redacted]";
    }
  }

  /**
   * Reads a body that must be exactly one JSON object in UTF-8 (RFC 8259), with or without a byte
   * order mark, into a tree that is to be written again. Nobody can change it where its text is
   * what {@link JsonWriter} would write: that is copied then.
   *
   * @param body the bytes; the caller bounds their number
   * @throws InvalidJsonException if the body is anything else, has a member twice in one object or
   *     one whose name has a lone surrogate, or is past a limit
   */
  public Parsed read(byte[] body) {
    return read(body, true);
  }

  private Parsed read(byte[] body, boolean toWriteAgain) {
    int start = afterByteOrderMark(body);
    TreeReader reader = new TreeReader(body, start, names, maxDepth, toWriteAgain);
    try {
      ObjectNode root = reader.document();
      return new Parsed(root, reader.extent());
    } catch (InvalidJsonException e) {
      // What another encoding looks like where it stops being JSON is of no use to anybody.
      throw Utf8.isWellFormed(body, start, body.length)
          ? e
          : InvalidJsonException.malformed("must be in UTF-8");
    }
  }

  /** The same into a tree that can be changed. */
  public ObjectNode parse(byte[] body) {
    return read(body, false).root();
  }

  private static int afterByteOrderMark(byte[] body) {
    boolean marked =
        body.length >= 3
            && body[0] == (byte) 0xEF
            && body[1] == (byte) 0xBB
            && body[2] == (byte) 0xBF;
    return marked ? 3 : 0;
  }

  /**
   * Reads any one JSON value, as a query parameter may hold it.
   *
   * @param text the bytes; the caller bounds their number
   * @throws InvalidJsonException if it is anything else
   */
  public static JsonNode parseValue(byte[] text) {
    byte[] open = "{\"v\":".getBytes(StandardCharsets.US_ASCII);
    ByteBuffer wrapped = ByteBuffer.allocate(open.length + text.length + 1);
    wrapped.put(open).put(text).put((byte) '}');
    ObjectNode holder = VALUES.parse(wrapped.array());
    if (holder.size() != 1) {
      throw InvalidJsonException.malformed("must be one JSON value");
    }
    return holder.get("v");
  }

  /** An empty array. */
  public static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  /** The text of a tree, as {@link JsonWriter} writes it. */
  public static String write(JsonNode tree) {
    return new String(writeBytes(tree), StandardCharsets.UTF_8);
  }

  /** The same in UTF-8. */
  public static byte[] writeBytes(JsonNode tree) {
    return JsonWriter.write(SMALL, out -> out.value(tree));
  }
}
