package io.vitae.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitae.json.InvalidJsonException.Limit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Strict reading of request bodies into a tree, and writing of trees.
 *
 * <p>Strict because what is read is stored and given back: a second member of the same name, a
 * number that would be rounded or bytes that are not UTF-8 would come back as something else.
 */
public final class JsonDocument {
  /**
   * Most digits and signs that one number may have; PostgreSQL's {@code numeric} takes far more.
   */
  public static final int MAX_NUMBER_LENGTH = 1000;

  /** Bytes of the longest code unit of any Unicode encoding. */
  private static final int LONGEST_UNIT = 4;

  /** What a string has where bytes were not UTF-8. */
  private static final char REPLACEMENT = '\uFFFD';

  private static final ObjectWriter WRITER =
      JsonMapper.builder()
          // As PostgreSQL writes a number in jsonb, so that an answer made here and one made from
          // the stored row are the same text.
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .build()
          .writer();

  private static final ObjectWriter CANONICAL_WRITER =
      WRITER.with(JsonNodeFeature.WRITE_PROPERTIES_SORTED);

  private static final JsonDocument VALUES = new JsonDocument(8);

  private final int maxDepth;
  private final ObjectReader reader;

  /**
   * A reader of documents.
   *
   * @param maxDepth how deep objects and arrays may be nested; the document itself is depth 1
   */
  public JsonDocument(int maxDepth) {
    this.maxDepth = maxDepth;
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(maxDepth)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    // The body's size bounds these; the rules then judge them with a pointer.
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            // Names chosen by clients must not outlive their request in a shared symbol table.
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();
    this.reader =
        JsonMapper.builder(factory)
            // For a tree the same refusals as STRICT_DUPLICATE_DETECTION, without its bookkeeping.
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build()
            .reader();
  }

  /**
   * Reads a body that must be exactly one JSON object in UTF-8 (RFC 8259), with or without a byte
   * order mark.
   *
   * @param body the bytes; the caller bounds their number
   * @return the object; numbers with a fraction or an exponent are {@link java.math.BigDecimal}
   *     with the digits as sent
   * @throws InvalidJsonException if the body is anything else, has a member twice in one object, or
   *     is past a limit
   */
  public ObjectNode parse(byte[] body) {
    requireUtf8(body);
    try (JsonParser parser = reader.getFactory().createParser(body)) {
      return read(parser);
    } catch (IOException e) {
      throw InvalidJsonException.malformed();
    }
  }

  private ObjectNode read(JsonParser parser) throws IOException {
    try {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw InvalidJsonException.malformed();
      }
      ObjectNode document = reader.readTree(parser);
      if (parser.nextToken() != null) {
        throw InvalidJsonException.malformed();
      }
      return document;
    } catch (StreamConstraintsException e) {
      JsonStreamContext context = parser.getParsingContext();
      throw context.getNestingDepth() > maxDepth
          ? InvalidJsonException.exceeded(Limit.DEPTH, Pointer.of(context))
          : unreadableNumber(context);
    } catch (NumberFormatException e) {
      // Jackson lets this one through for exponents such as 1e99999999999.
      throw unreadableNumber(parser.getParsingContext());
    }
  }

  private static InvalidJsonException unreadableNumber(JsonStreamContext context) {
    return InvalidJsonException.exceeded(Limit.NUMBER, Pointer.ofValueIn(context));
  }

  /**
   * Not left to the parser, which lets overlong forms through and takes other encodings, which it
   * recognises by a NUL, for JSON. A byte order mark it skips.
   */
  private static void requireUtf8(byte[] body) {
    for (int i = 0; i < Math.min(body.length, LONGEST_UNIT); i++) {
      if (body[i] == 0) {
        throw InvalidJsonException.malformed();
      }
    }
    if (!isUtf8(body)) {
      throw InvalidJsonException.malformed();
    }
  }

  /**
   * Decoding to a string and looking for the replacement character is several times faster than a
   * decoder that reports malformed input, which is asked only when there is one.
   */
  private static boolean isUtf8(byte[] body) {
    if (new String(body, StandardCharsets.UTF_8).indexOf(REPLACEMENT) < 0) {
      return true;
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
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
      throw InvalidJsonException.malformed();
    }
    return holder.get("v");
  }

  /** An empty array. */
  public static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  /**
   * The JSON text of a tree, without white space; numbers in plain notation, as {@code jsonb}
   * prints them.
   */
  public static String write(JsonNode tree) {
    return write(WRITER, tree);
  }

  /** The same in UTF-8. */
  public static byte[] writeBytes(JsonNode tree) {
    try {
      return WRITER.writeValueAsBytes(tree);
    } catch (JsonProcessingException e) {
      // Without the cause, whose message may quote the document.
      throw new IllegalStateException("A JSON tree could not be written");
    }
  }

  /** A text that is the same for all trees that differ in the order of their members only. */
  public static String writeCanonical(JsonNode tree) {
    return write(CANONICAL_WRITER, tree);
  }

  private static String write(ObjectWriter writer, JsonNode tree) {
    try {
      return writer.writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      // Without the cause, whose message may quote the document.
      throw new IllegalStateException("A JSON tree could not be written");
    }
  }
}
