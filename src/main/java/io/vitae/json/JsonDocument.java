package io.vitae.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitae.json.InvalidJsonException.Limit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Strict reading of request bodies into a tree, and writing of trees.
 *
 * <p>Strict because what is read is stored and given back: a second member of the same name, a
 * number that would be rounded or bytes that are not UTF-8 would come back as something else.
 */
public final class JsonDocument {
  /** Most digits that one number should have; PostgreSQL's {@code numeric} takes far more. */
  public static final int MAX_NUMBER_LENGTH = 1000;

  /** What a number may have beside them and the parser counts, too: signs, point and exponent. */
  static final int NUMBER_SIGNS = 8;

  /** Characters of the longest member name that is read, several times what the rules allow. */
  static final int MAX_NAME_LENGTH = 4096;

  /** In so many bytes from the start UTF-16 and UTF-32 show zeros, and JSON in UTF-8 has none. */
  private static final int ENCODING_SHOWS = 4;

  /** Room for what is mostly a short text. */
  private static final int SMALL = 512;

  private static final JsonDocument VALUES = new JsonDocument(8);

  private final int maxDepth;
  private final JsonFactory factory;

  /**
   * A reader of documents.
   *
   * @param maxDepth how deep objects and arrays may be nested; the document itself is depth 1
   */
  public JsonDocument(int maxDepth) {
    this.maxDepth = maxDepth;
    this.factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(maxDepth)
                    .maxNumberLength(MAX_NUMBER_LENGTH + NUMBER_SIGNS)
                    // The parser remembers up to 6,000 names of earlier bodies, which makes reading
                    // about half as fast again; this bounds how much that can be.
                    .maxNameLength(MAX_NAME_LENGTH)
                    // The body's size bounds it; the rules then judge it with a pointer.
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();
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
   * order mark.
   *
   * @param body the bytes; the caller bounds their number
   * @throws InvalidJsonException if the body is anything else, has a member twice in one object or
   *     one whose name has a lone surrogate, or is past a limit
   */
  public Parsed read(byte[] body) {
    int start = afterByteOrderMark(body);
    // Not left to the parser, which lets overlong forms and surrogates through.
    if (couldBeAnotherEncoding(body, start) || !Utf8.isWellFormed(body, start)) {
      throw InvalidJsonException.malformed();
    }
    try (JsonParser parser = factory.createParser(body, start, body.length - start)) {
      return read(parser, new TreeReader(parser, body, start));
    } catch (IOException e) {
      throw InvalidJsonException.malformed();
    }
  }

  /** The same, for those who want the object only. */
  public ObjectNode parse(byte[] body) {
    return read(body).root();
  }

  private Parsed read(JsonParser parser, TreeReader reader) throws IOException {
    try {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw InvalidJsonException.malformed();
      }
      ObjectNode document = reader.object();
      if (parser.nextToken() != null) {
        throw InvalidJsonException.malformed();
      }
      return new Parsed(document, reader.extent());
    } catch (StreamConstraintsException e) {
      throw refused(e, parser.getParsingContext());
    } catch (NumberFormatException e) {
      // Jackson lets this one through for exponents such as 1e99999999999.
      throw unreadableNumber(parser.getParsingContext());
    }
  }

  private InvalidJsonException refused(StreamConstraintsException e, JsonStreamContext context) {
    if (context.getNestingDepth() > maxDepth) {
      return InvalidJsonException.exceeded(Limit.DEPTH, Pointer.of(context));
    }
    if (e.getOriginalMessage().startsWith("Name length")) {
      return InvalidJsonException.exceeded(Limit.NAME, Pointer.of(context));
    }
    // Many names that were made to share one hash are no mistake of a client.
    return e.getOriginalMessage().startsWith("Spill-over")
        ? InvalidJsonException.malformed()
        : unreadableNumber(context);
  }

  private static InvalidJsonException unreadableNumber(JsonStreamContext context) {
    return InvalidJsonException.exceeded(Limit.NUMBER, Pointer.ofValueIn(context));
  }

  private static int afterByteOrderMark(byte[] body) {
    boolean marked =
        body.length >= 3
            && body[0] == (byte) 0xEF
            && body[1] == (byte) 0xBB
            && body[2] == (byte) 0xBF;
    return marked ? 3 : 0;
  }

  /** What the parser, which guesses, could take for UTF-16, UTF-32 or a byte order mark. */
  private static boolean couldBeAnotherEncoding(byte[] body, int start) {
    for (int i = start; i < Math.min(start + ENCODING_SHOWS, body.length); i++) {
      if (body[i] == 0) {
        return true;
      }
    }
    return start < body.length && body[start] < 0;
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

  /** The text of a tree, as {@link JsonWriter} writes it. */
  public static String write(JsonNode tree) {
    return new String(writeBytes(tree), StandardCharsets.UTF_8);
  }

  /** The same in UTF-8. */
  public static byte[] writeBytes(JsonNode tree) {
    return JsonWriter.write(SMALL, out -> out.value(tree));
  }
}
