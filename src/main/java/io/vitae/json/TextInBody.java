package io.vitae.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.ValueNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A string that stays in the body that it came in until somebody asks for it. Nobody asks for most
 * strings of a profile: it is enough to know how long they are and to write them out again.
 *
 * <p>Equal to every other node of the same text. A {@code TextNode} knows only its own kind, so ask
 * this one. Unlike that, it is no number, whatever its digits: {@code asInt} and the like give
 * their defaults.
 */
final class TextInBody extends ValueNode {
  private static final long serialVersionUID = 1L;

  /** For strings that a parser has read before, so that no limit needs to be kept. */
  private static final JsonFactory STRINGS =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();

  private final transient byte[] body;
  private final int start;
  private final int length;
  private final boolean verbatim;
  private final boolean escaped;
  private transient String text;

  /**
   * The string between two quotation marks.
   *
   * @param body in well-formed UTF-8; not copied
   * @param start of the first byte behind the opening quotation mark
   * @param end of the closing quotation mark
   * @param verbatim whether it has no escapes but those that a writer makes, too
   * @param escaped whether it has any
   */
  TextInBody(byte[] body, int start, int end, boolean verbatim, boolean escaped) {
    this.body = body;
    this.start = start;
    this.length = end - start;
    this.verbatim = verbatim;
    this.escaped = escaped;
  }

  /**
   * Whether its bytes are what a writer would write. Then the text has no NUL and no lone surrogate
   * either: the parser refuses them where they are not escaped.
   */
  boolean isVerbatim() {
    return verbatim;
  }

  /** Writes it as it is there, quotation marks included. */
  void writeTo(JsonWriter out) {
    out.text(body, start - 1, start + length + 1);
  }

  /** Whether it is known without a look that the text has at most {@code max} code points. */
  boolean isWithin(int max) {
    // None takes less than a byte.
    return length <= max;
  }

  @Override
  public String textValue() {
    if (text == null) {
      text = escaped ? unescaped() : new String(body, start, length, StandardCharsets.UTF_8);
    }
    return text;
  }

  private String unescaped() {
    try (JsonParser parser = STRINGS.createParser(body, start - 1, length + 2)) {
      parser.nextToken();
      return parser.getText();
    } catch (IOException e) {
      // Without the cause, whose message may quote the string.
      throw new IllegalStateException("A string of a body that was read cannot be read again");
    }
  }

  @Override
  public void serialize(JsonGenerator generator, SerializerProvider ignored) throws IOException {
    generator.writeString(textValue());
  }

  @Override
  public JsonNodeType getNodeType() {
    return JsonNodeType.STRING;
  }

  @Override
  public JsonToken asToken() {
    return JsonToken.VALUE_STRING;
  }

  @Override
  public String asText() {
    return textValue();
  }

  @Override
  public String asText(String ignored) {
    return textValue();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JsonNode node
        && node.isTextual()
        && textValue().equals(node.textValue());
  }

  @Override
  public int hashCode() {
    return textValue().hashCode();
  }
}
