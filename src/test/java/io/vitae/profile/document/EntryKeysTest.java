package io.vitae.profile.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vitae.json.JsonDocument;
import io.vitae.json.JsonWriter;
import java.util.HashSet;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class EntryKeysTest {
  /** As many as the limits of a body allow. */
  private static final int ENTRIES = 1_000;

  private static final int TIMES = 5;

  /** A digest for each pair of equal entries would take a hundred times as long. */
  @Test
  void equalEntriesTakeHardlyLongerThanOthers() {
    nanos(i -> i);
    long different = nanos(i -> i);
    long equal = nanos(i -> 0);

    assertThat(equal).isLessThan(TIMES * different);
  }

  private static long nanos(IntUnaryOperator content) {
    ArrayNode sent = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < ENTRIES; i++) {
      sent.addObject()
          .put("description", "x".repeat(1_000))
          .put("experience", content.applyAsInt(i));
    }
    long start = System.nanoTime();
    byte[] entries =
        JsonWriter.write(1_000_000, out -> EntryNormaliser.EXPERIENCES.write(out, sent));
    long taken = System.nanoTime() - start;
    Set<String> keys = new HashSet<>();
    for (JsonNode entry : JsonDocument.parseValue(entries)) {
      keys.add(entry.path("key").textValue());
    }
    assertThat(keys).hasSize(ENTRIES);
    return taken;
  }
}
