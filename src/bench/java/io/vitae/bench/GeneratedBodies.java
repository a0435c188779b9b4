package io.vitae.bench;

import io.vitae.json.JsonDocument;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/** Bodies of PUTs for who measures without a server. */
public final class GeneratedBodies {
  private GeneratedBodies() {}

  /** The bodies of the first profiles. */
  public static List<byte[]> first(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(number -> JsonDocument.write(Dataset.PROFILES.whole(number, 1, 0)))
        .map(body -> body.getBytes(StandardCharsets.UTF_8))
        .toList();
  }
}
