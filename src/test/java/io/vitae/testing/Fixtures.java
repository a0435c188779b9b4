package io.vitae.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Test data in files, below {@code src/test/resources}. */
public final class Fixtures {
  private Fixtures() {}

  public static String text(String path) {
    try (InputStream file = Fixtures.class.getResourceAsStream("/" + path)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static JsonNode json(String path) {
    return Answer.parse(text(path));
  }

  public static ObjectNode object(String path) {
    return (ObjectNode) json(path);
  }
}
