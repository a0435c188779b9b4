package io.vitae.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes one JSON text in UTF-8, piece by piece and without white space. Numbers are in plain
 * notation, as PostgreSQL writes those in {@code jsonb}: an answer made here and one made from the
 * stored row have the same numbers.
 */
public final class JsonWriter {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();

  private final Bytes bytes;
  private final JsonGenerator generator;
  private boolean sorting;

  private JsonWriter(int room) throws IOException {
    bytes = new Bytes(room);
    generator = FACTORY.createGenerator(bytes);
  }

  /** Shows a part of what it holds without a copy of the whole. */
  private static final class Bytes extends ByteArrayOutputStream {
    Bytes(int room) {
      super(room);
    }

    byte[] since(int length) {
      return Arrays.copyOfRange(buf, length, count);
    }
  }

  /** What to write. */
  @FunctionalInterface
  public interface Content {
    /** Writes one JSON value. */
    void writeTo(JsonWriter out) throws IOException;
  }

  /**
   * The text of some content.
   *
   * @param room about how many bytes it will have
   */
  public static byte[] write(int room, Content content) {
    try {
      JsonWriter out = new JsonWriter(room);
      try (out.generator) {
        content.writeTo(out);
      }
      return out.bytes.toByteArray();
    } catch (IOException e) {
      // Without the cause, whose message may quote the document.
      throw new IllegalStateException("A JSON text could not be written");
    }
  }

  /** Begins an object. */
  public void startObject() throws IOException {
    generator.writeStartObject();
  }

  /** Ends the object. */
  public void endObject() throws IOException {
    generator.writeEndObject();
  }

  /** Begins an array. */
  public void startArray() throws IOException {
    generator.writeStartArray();
  }

  /** Ends the array. */
  public void endArray() throws IOException {
    generator.writeEndArray();
  }

  /** Begins a member, whose value comes next. */
  public void name(String name) throws IOException {
    generator.writeFieldName(name);
  }

  /** A member with any value; null where there is none. */
  public void member(String name, JsonNode value) throws IOException {
    generator.writeFieldName(name);
    value(value);
  }

  /** A member with a string. */
  public void member(String name, String value) throws IOException {
    generator.writeStringField(name, value);
  }

  /** A member with a switch. */
  public void member(String name, boolean value) throws IOException {
    generator.writeBooleanField(name, value);
  }

  /** Any value; null when it is a missing node or there is none. */
  public void value(JsonNode value) throws IOException {
    if (value == null || value.isNull() || value.isMissingNode()) {
      generator.writeNull();
    } else if (value.isObject()) {
      generator.writeStartObject();
      for (Map.Entry<String, JsonNode> member : members(value)) {
        member(member.getKey(), member.getValue());
      }
      generator.writeEndObject();
    } else if (value.isArray()) {
      generator.writeStartArray();
      for (JsonNode element : value) {
        value(element);
      }
      generator.writeEndArray();
    } else {
      value.serialize(generator, null);
    }
  }

  /** An array, empty when the value is none. */
  public void array(JsonNode value) throws IOException {
    if (value != null && value.isArray()) {
      value(value);
    } else {
      generator.writeStartArray();
      generator.writeEndArray();
    }
  }

  /**
   * Whether the members of objects that follow are to be in the order of their names, whatever
   * order they came in.
   */
  public void sort(boolean whether) {
    sorting = whether;
  }

  /** The members of an object in the order in which they are to be written; of others none. */
  public Collection<Map.Entry<String, JsonNode>> members(JsonNode object) {
    return sorting && !isSorted(object) ? sorted(object) : object.properties();
  }

  private static boolean isSorted(JsonNode object) {
    String last = "";
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      if (last.compareTo(member.getKey()) > 0) {
        return false;
      }
      last = member.getKey();
    }
    return true;
  }

  private static Collection<Map.Entry<String, JsonNode>> sorted(JsonNode object) {
    Map<String, JsonNode> sorted = new TreeMap<>();
    object.properties().forEach(member -> sorted.put(member.getKey(), member.getValue()));
    return sorted.entrySet();
  }

  /** How much has been written so far. */
  public int length() throws IOException {
    generator.flush();
    return bytes.size();
  }

  /** What has been written since there was so much of it. */
  public byte[] since(int length) throws IOException {
    generator.flush();
    return bytes.since(length);
  }
}
