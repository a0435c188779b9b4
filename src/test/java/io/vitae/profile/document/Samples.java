package io.vitae.profile.document;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitae.json.JsonDocument;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The published example, as files under {@code samples/}. */
public final class Samples {
  private static final JsonDocument JSON = new JsonDocument(32);

  private Samples() {}

  /** The published request of a PUT: a profile. */
  public static ObjectNode putRequest() {
    return file("put-request.json");
  }

  /** The profile in the published answer to it, with all its read-only members. */
  public static ObjectNode putResponseData() {
    return (ObjectNode) file("put-response.json").required("data");
  }

  /** A document written down in a test. */
  public static ObjectNode json(String text) {
    return parsed(text).root();
  }

  /** The same with its extent. */
  public static JsonDocument.Parsed parsed(String text) {
    return JSON.read(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A file under {@code samples/} that holds one object. */
  static ObjectNode file(String file) {
    try (InputStream stream = Samples.class.getResourceAsStream("/samples/" + file)) {
      return JSON.parse(Objects.requireNonNull(stream, file).readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The patch that a profile is normalised to. */
  public static ObjectNode patch(ObjectNode profile) {
    return parsed(Normaliser.patch(profile, 0));
  }

  /** What a first write of a profile adds. */
  public static ObjectNode missing(ObjectNode profile, String createdAt) {
    return parsed(Completion.of(profile, createdAt).patch());
  }

  private static ObjectNode parsed(Patch patch) {
    return json(StandardCharsets.UTF_8.decode(patch.json()).toString());
  }
}
