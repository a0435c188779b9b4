package io.vitae.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;

/** Strings of an answer are what any parser of JSON reads out of it. */
class EnvelopeTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Property
  void quotesAnyText(@ForAll @StringLength(max = 8) @CharRange(to = 'ÿ') String text)
      throws JsonProcessingException {
    String quoted = Envelope.quote(new StringBuilder("["), text).append(']').toString();

    assertThat(JSON.readTree(quoted).get(0).textValue()).isEqualTo(text);
  }

  @Example
  void escapesWhatMustBe() {
    assertThat(Envelope.quote(new StringBuilder(), "a\"b\\c\n\u0001é😀"))
        .hasToString("\"a\\\"b\\\\c\\n\\u0001é😀\"");
  }
}
