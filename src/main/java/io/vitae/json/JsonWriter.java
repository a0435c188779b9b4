package io.vitae.json;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes one JSON text in UTF-8, piece by piece and without white space. Numbers are in plain
 * notation, as PostgreSQL writes those in {@code jsonb}: an answer made here and one made from the
 * stored row have the same numbers.
 *
 * <p>It trusts its caller to open and close, name and value in turn. Most of what it writes are
 * strings that lie in the body as they are to be written and names without anything to escape, and
 * it copies both. A generator keeps account of where it is and looks at every character.
 */
public final class JsonWriter {
  private static final JsonStringEncoder ESCAPES = JsonStringEncoder.getInstance();
  private static final HexFormat HEX = HexFormat.of();
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};
  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};

  private byte[] text;
  private int length;
  private boolean sorting;

  private JsonWriter(int room) {
    text = new byte[Math.max(room, 1)];
  }

  /** What to write. */
  @FunctionalInterface
  public interface Content {
    /** Writes one JSON value. */
    void writeTo(JsonWriter out);
  }

  /**
   * The text of some content.
   *
   * @param room about how many bytes it will have
   */
  public static byte[] write(int room, Content content) {
    JsonWriter out = withRoom(room);
    content.writeTo(out);
    return Arrays.copyOf(out.text, out.length);
  }

  /**
   * A writer that has written nothing.
   *
   * @param room about how many bytes it will write
   */
  public static JsonWriter withRoom(int room) {
    return new JsonWriter(room);
  }

  /** Begins an object. */
  public void startObject() {
    separate();
    put('{');
  }

  /** Ends the object. */
  public void endObject() {
    put('}');
  }

  /** Begins an array. */
  public void startArray() {
    separate();
    put('[');
  }

  /** Ends the array. */
  public void endArray() {
    put(']');
  }

  /** Begins a member, whose value comes next. */
  public void name(String name) {
    string(name);
    put(':');
  }

  /** A member with any value; null where there is none. */
  public void member(String name, JsonNode value) {
    name(name);
    value(value);
  }

  /** A member with a string. */
  public void member(String name, String value) {
    name(name);
    string(value);
  }

  /** A member with a switch. */
  public void member(String name, boolean value) {
    name(name);
    literal(value ? TRUE : FALSE);
  }

  /** Any value; null when it is a missing node or there is none. */
  public void value(JsonNode value) {
    if (value == null) {
      literal(NULL);
    } else if (value instanceof TextInBody string) {
      string(string);
    } else {
      switch (value.getNodeType()) {
        case OBJECT -> object(value);
        case ARRAY -> array(value);
        case STRING -> string(value.textValue());
        case NUMBER -> number(value);
        case BOOLEAN -> literal(value.booleanValue() ? TRUE : FALSE);
        case NULL, MISSING, BINARY, POJO -> literal(NULL);
      }
    }
  }

  private void object(JsonNode object) {
    if (object instanceof ObjectInBody inBody && inBody.writeTo(this, sorting)) {
      return;
    }
    startObject();
    membersExcept(object, Set.of());
    endObject();
  }

  /** An array, empty when the value is none. */
  public void array(JsonNode value) {
    if (value instanceof ArrayInBody inBody && inBody.writeTo(this, sorting)) {
      return;
    }
    startArray();
    if (value != null && value.isArray()) {
      for (JsonNode element : value) {
        value(element);
      }
    }
    endArray();
  }

  /**
   * Whether the members of objects that follow are to be in the order of their names, whatever
   * order they came in.
   */
  public void sort(boolean whether) {
    sorting = whether;
  }

  /** The members of an object but for some; of others none. */
  public void membersExcept(JsonNode object, Set<String> excepted) {
    if (sorting) {
      sortedMembersExcept(object, excepted);
      return;
    }
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      if (!excepted.contains(member.getKey())) {
        member(member.getKey(), member.getValue());
      }
    }
  }

  private void sortedMembersExcept(JsonNode object, Set<String> excepted) {
    List<Map.Entry<String, JsonNode>> members = null;
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      if (!excepted.contains(member.getKey())) {
        if (members == null) {
          members = new ArrayList<>();
        }
        members.add(member);
      }
    }
    if (members == null) {
      return;
    }
    if (members.size() > 1) {
      members.sort(Map.Entry.comparingByKey());
    }
    for (Map.Entry<String, JsonNode> member : members) {
      member(member.getKey(), member.getValue());
    }
  }

  /** How much has been written so far. */
  public int length() {
    return length;
  }

  /**
   * What has been written since there was so much of it. No copy: it is that only until something
   * else is written.
   */
  public ByteBuffer since(int start) {
    return ByteBuffer.wrap(text, start, length - start);
  }

  /** A value whose text is there. */
  void text(byte[] body, int start, int end) {
    separate();
    makeRoomFor(end - start);
    append(body, start, end);
  }

  private void string(TextInBody string) {
    if (string.isVerbatim()) {
      string.writeTo(this);
    } else {
      string(string.textValue());
    }
  }

  private void string(String string) {
    separate();
    int characters = string.length();
    makeRoomFor(characters + 2);
    byte[] target = text;
    int at = length;
    target[at++] = '"';
    for (int i = 0; i < characters; i++) {
      char c = string.charAt(i);
      if (c < ' ' || c > '~' || c == '"' || c == '\\') {
        escaped(string);
        return;
      }
      target[at++] = (byte) c;
    }
    target[at++] = '"';
    length = at;
  }

  private void escaped(String string) {
    byte[] escaped = Text.isStorable(string) ? ESCAPES.quoteAsUTF8(string) : halvesEscaped(string);
    makeRoomFor(escaped.length + 2);
    text[length++] = '"';
    append(escaped, 0, escaped.length);
    text[length++] = '"';
  }

  /** Half of a pair has no form in UTF-8, but a filter may ask for one, in vain. */
  private static byte[] halvesEscaped(String string) {
    StringBuilder quoted = new StringBuilder(string.length());
    ESCAPES.quoteAsString(string, quoted);
    StringBuilder whole = new StringBuilder(quoted.length());
    quoted
        .codePoints()
        .forEach(
            point -> {
              if (Character.getType(point) == Character.SURROGATE) {
                whole.append("\\u").append(HEX.toHexDigits((char) point));
              } else {
                whole.appendCodePoint(point);
              }
            });
    return whole.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void number(JsonNode number) {
    String digits = number.isBigDecimal() ? number.decimalValue().toPlainString() : number.asText();
    separate();
    makeRoomFor(digits.length());
    for (int i = 0; i < digits.length(); i++) {
      text[length++] = (byte) digits.charAt(i);
    }
  }

  private void literal(byte[] literal) {
    text(literal, 0, literal.length);
  }

  /** A comma, unless something has just been opened or named, or nothing is there yet. */
  private void separate() {
    if (length > 0) {
      byte last = text[length - 1];
      if (last != '{' && last != '[' && last != ':') {
        put(',');
      }
    }
  }

  private void put(char c) {
    makeRoomFor(1);
    text[length++] = (byte) c;
  }

  private void append(byte[] bytes, int start, int end) {
    System.arraycopy(bytes, start, text, length, end - start);
    length += end - start;
  }

  private void makeRoomFor(int more) {
    if (text.length - length < more) {
      text = Arrays.copyOf(text, Math.max(length + more, 2 * text.length));
    }
  }
}
