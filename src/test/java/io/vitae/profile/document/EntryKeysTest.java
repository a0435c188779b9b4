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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  /** Neither how text is escaped, nor white space, nor the order of members, nor other members. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'experiences':[{'title':'a\\n😀é','skills':[{'name':'x','value':1}]}]}",
        "{'experiences':[{'title':'a\\n\\ud83d\\ude00\\u00e9','skills':[{'name':'x','value':1}]}]}",
        "{'experiences':[{'title':'a\\u000a😀é','skills':[{'name':'x','value':1}]}]}",
        "{'text':'\\u00e9','experiences':[{'title':'a\\n😀é','skills':[{'name':'x','value':1}]}]}",
        "{'text':'/\\/','experiences':[{'title':'a\\n😀é','skills':[{'name':'x','value':1}]}]}",
        "{'experiences':[{'skills':[{'value':1,'name':'x'}],'title':'a\\n😀é'}]}",
        "{'experiences': [ {'skills':[ {'value' : 1, 'name':'x'}], 'title':'a\\n😀é'}]}"
      })
  void aKeyDependsOnTheContentAlone(String profile) {
    assertThat(Samples.patch(Samples.json(profile.replace('\'', '"'))).at("/experiences/0/key"))
        .isEqualTo(
            Samples.patch(
                    Samples.json(
                        "{\"experiences\":[{\"title\":\"a\\n😀é\","
                            + "\"skills\":[{\"name\":\"x\",\"value\":1}]}]}"))
                .at("/experiences/0/key"));
  }
}
