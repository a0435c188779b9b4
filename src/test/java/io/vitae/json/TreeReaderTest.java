package io.vitae.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tree of a body is the one that Jackson itself makes, and its strings stay in the body. */
class TreeReaderTest {
  private static final JsonDocument JSON = new JsonDocument(64);

  private static final ObjectMapper JACKSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private static final ObjectMapper STRICT =
      JACKSON
          .copy()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  /** What makes a body another one, or none. */
  private static final List<String> DAMAGE =
      List.of(
          "", "", "\"", "\\", ",", ":", "{", "}", "[", "]", "0", "1", "-", "+", ".", "e", "E", "u",
          "t", "null", "true", " ", "\t", "\n", "\f", "\u0000", "\u001f", "\u007f", "\u00a0",
          "\u2028", "x", "/", "\\u", "\\u0", "\"\":", "{}", "1.", "NaN", "'", "//");

  /** Pieces of strings as they may stand in a body, quotation marks and backslashes among them. */
  private static final List<String> PIECES =
      List.of(
          "",
          "a",
          " ",
          ",",
          ":",
          "{",
          "}",
          "]",
          "é",
          "ж",
          "漢",
          "😀",
          "\\\"",
          "\\\\",
          "\\\\u0041",
          "\\/",
          "\\b",
          "\\f",
          "\\n",
          "\\r",
          "\\t",
          "\\u00e9",
          "\\u0000",
          "\\ud83d\\ude00",
          "\\ud800",
          "\\u0022",
          "\\u005c",
          "long enough to be looked at eight bytes at a time");

  private static final List<String> SPACES = List.of("", "", " ", "\n\t ", "\r\n");

  private static final List<String> NUMBERS =
      List.of(
          "0", "-1", "2147483648", "9223372036854775808", "1.00", "-0.5e-7", "1e3", "-0", "-0.0");

  private final Random random = new Random();

  /** What may stand between tokens; in every other body nothing. */
  private List<String> spaces = SPACES;

  private void seed(long seed) {
    random.setSeed(seed);
    spaces = random.nextBoolean() ? SPACES : List.of("");
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private String string() {
    StringBuilder string = new StringBuilder("\"");
    for (int i = random.nextInt(6); i > 0; i--) {
      string.append(one(PIECES));
    }
    return string.append('"').toString();
  }

  private String value(int depth) {
    int kind = random.nextInt(depth < 6 ? 8 : 4);
    String value =
        switch (kind) {
          case 0, 1 -> string();
          case 2 -> one(NUMBERS);
          case 3 -> one(List.of("true", "false", "null"));
          case 4, 5 -> array(depth);
          default -> object(depth);
        };
    return one(spaces) + value + one(spaces);
  }

  private String array(int depth) {
    StringBuilder array = new StringBuilder("[");
    for (int i = random.nextInt(4); i > 0; i--) {
      array.append(value(depth + 1)).append(i > 1 ? "," : "");
    }
    return array.append(one(spaces)).append(']').toString();
  }

  private String object(int depth) {
    StringBuilder object = new StringBuilder("{");
    // Now and then more than an object looks at in turn.
    for (int i = random.nextInt(40) == 0 ? 40 : random.nextInt(4); i > 0; i--) {
      object.append(one(spaces)).append('"').append(one(List.of("", "n", "é", "\\n"))).append(i);
      object.append('"').append(one(spaces)).append(':').append(value(depth + 1));
      object.append(i > 1 ? "," : "");
    }
    return object.append(one(spaces)).append('}').toString();
  }

  @Property(tries = 3000)
  void readsAndWritesWhatJacksonDoes(@ForAll long seed) throws IOException {
    seed(seed);
    String body = one(List.of("", "\uFEFF")) + one(spaces) + object(0) + one(spaces);
    JsonNode expected = JACKSON.readTree(body.replace("\uFEFF", ""));

    JsonDocument.Parsed parsed = JSON.read(body.getBytes(UTF_8));
    ObjectNode tree = parsed.root();
    // Written before a string has been asked for, and read again from that.
    byte[] written = JsonDocument.writeBytes(tree);
    assertThat(JACKSON.readTree(written)).isEqualTo(JACKSON.readTree(JsonDocument.write(expected)));
    // What is copied from the body is what would have been put together.
    ObjectNode parts = JSON.parse(body.getBytes(UTF_8));
    assertThat(written).isEqualTo(JsonDocument.writeBytes(parts));
    assertThat(sorted(tree)).isEqualTo(sorted(parts));
    assertThat(tree).isEqualTo(expected);
    assertThat(tree).hasSameHashCodeAs(expected);
    assertThat(tree).hasToString(expected.toString());
    assertCovers(parsed.extent(), expected, 1);
  }

  private static byte[] sorted(JsonNode value) {
    return JsonWriter.write(
        1000,
        out -> {
          out.sort(true);
          out.value(value);
        });
  }

  /** One character more, less or in place of another, anywhere. */
  private String damaged(String body) {
    int at = random.nextInt(body.length() + 1);
    int kept = Math.min(body.length(), at + random.nextInt(2));
    return body.substring(0, at) + one(DAMAGE) + body.substring(kept);
  }

  @Property(tries = 20_000)
  void readsADamagedBodyWhenJacksonDoesAndOnlyThen(@ForAll long seed) {
    seed(seed);
    String body = damaged(object(3));
    JsonNode expected = null;
    try {
      expected = STRICT.readTree(body.getBytes(UTF_8));
    } catch (IOException | NumberFormatException refused) {
      // The latter for an exponent that no number can have.
    }
    ObjectNode tree = null;
    try {
      tree = JSON.parse(body.getBytes(UTF_8));
    } catch (InvalidJsonException refused) {
      // As it should be.
    }
    assertThat(tree).as(body).isEqualTo(expected instanceof ObjectNode ? expected : null);
  }

  /** Whether an extent is that of a tree, and promises nothing that the tree does not keep. */
  private static void assertCovers(Extent extent, JsonNode value, int depth) {
    if (value.isContainerNode()) {
      assertThat(depth).isLessThanOrEqualTo(extent.depth());
      value.fieldNames().forEachRemaining(name -> assertCoversName(extent, name));
      value.forEach(child -> assertCovers(extent, child, depth + 1));
      assertThat(value.isArray() ? value.size() : 0).isLessThanOrEqualTo(extent.arrayLength());
    } else if (value.isTextual()) {
      String text = value.textValue();
      assertThat(Text.isLongerThan(text, extent.stringLength())).isFalse();
      assertThat(!extent.storable() || Text.isStorable(text)).isTrue();
    } else if (value.isNumber() && extent.common()) {
      assertThat(value.isInt() || value.isLong() || value.decimalValue().scale() > 0).isTrue();
      assertThat(value.decimalValue().toPlainString()).hasSizeLessThan(35);
    }
  }

  private static void assertCoversName(Extent extent, String name) {
    assertThat(Text.isLongerThan(name, extent.nameLength())).isFalse();
    assertThat(!extent.storable() || Text.isStorable(name)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "'{}', 1, 0, 0, 0, true, true",
    "'{\"a\":[1,[2,3,4],{}]}', 3, 1, 0, 3, true, true",
    "'{\"ab\":{\"c\":\"défg\"}}', 2, 2, 5, 0, true, true",
    "'{\"a\":\"caf\\u00e9 \\/ \\\\\"}', 1, 1, 15, 0, true, true",
    "'{\"a\":\"\\ud7ff\\ue000\\u0001\"}', 1, 1, 18, 0, true, true",
    "'{\"a\":\"\\uDFFF\"}', 1, 1, 6, 0, false, true",
    "'{\"a\":\"\\u0000\"}', 1, 1, 6, 0, false, true",
    "'{\"\\uD83D\\uDE00\":1}', 1, 12, 0, 0, false, true",
    "'{\"a\":-9223372036854775808,\"b\":0.005}', 1, 1, 0, 0, true, true",
    "'{\"a\":9223372036854775808}', 1, 1, 0, 0, true, false",
    "'{\"a\":1e2}', 1, 1, 0, 0, true, false",
    "'{\"a\":0.0000000000000000000000000000001}', 1, 1, 0, 0, true, false",
  })
  void tellsHowFarADocumentGoes(
      String body, int depth, int name, int string, int array, boolean storable, boolean common) {
    assertThat(JSON.read(body.getBytes(UTF_8)).extent())
        .isEqualTo(new Extent(depth, name, string, array, storable, common));
  }

  @Test
  void aThousandDecimalsAreNotCommon() {
    String most = "{\"a\":[0.5" + ",0.5".repeat(998) + "]}";
    assertThat(JSON.read(most.getBytes(UTF_8)).extent().common()).isTrue();
    String more = most.replace("]", ",0.5]");
    assertThat(JSON.read(more.getBytes(UTF_8)).extent().common()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "plain é, plain é",
    "line\\nbreak \\\" \\\\, line\\nbreak \\\" \\\\",
    "caf\\u00e9 \\/, café /",
    "a\\/b, a/b",
    "\\u0022\\u005c\\u000a\\u0008, \\\"\\\\\\n\\b",
    "\\u0001, \\u0001",
    "\\ud83d\\ude00 \\ud800\\n \\udc00, 😀 \\ud800\\n \\udc00",
    "\\ud83d\\ude00 \\/, 😀 /",
    "\\n😀, \\n😀"
  })
  void aStringIsWrittenInOneWayHoweverItCame(String sent, String written) {
    ObjectNode tree = JSON.parse(("{\"a\":\"" + sent + "\"}").getBytes(UTF_8));
    assertThat(JsonDocument.write(tree)).isEqualTo("{\"a\":\"" + written + "\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "'{}', true",
    "'{\"a\":[],\"é\":[0,-1,1.50,0.05,\"é \\n\\\\\",true,false,null]}', true",
    "'{\"a\\n\":1}', true",
    "'{ }', false",
    "'{\"a\": 1}', false",
    "'{\"a\":1 }', false",
    "'{\"a\":[1, 2]}', false",
    "'{\"a\":-0}', false",
    "'{\"a\":-0.0}', false",
    "'{\"a\":1e2}', false",
    "'{\"a\":1.5E0}', false",
    "'{\"a\":\"\\/\"}', false",
    "'{\"a\":\"\\u00e9\"}', false",
    "'{\"\\u0061\":1}', false",
  })
  void copiesWhatWouldBeWrittenTheSame(String body, boolean copied) {
    ObjectNode tree = JSON.read(("\n" + body + "\n").getBytes(UTF_8)).root();
    assertThat(tree instanceof ObjectInBody).isEqualTo(copied);
    assertThat(JsonDocument.write(tree).equals(body)).isEqualTo(copied);
  }

  @Test
  void whatIsCopiedCannotBeChanged() {
    byte[] body = "{\"a\":{\"b\":[1]}}".getBytes(UTF_8);
    ObjectNode copied = JSON.read(body).root();
    ArrayNode list = (ArrayNode) copied.at("/a/b");
    assertThatThrownBy(() -> copied.putNull("a")).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> list.add(2)).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> copied.remove("a")).isInstanceOf(UnsupportedOperationException.class);

    String many =
        IntStream.rangeClosed(0, Members.FEW)
            .mapToObj(i -> "\"" + i + "\":" + i)
            .collect(Collectors.joining(",", "{", "}"));
    ObjectNode wide = JSON.read(many.getBytes(UTF_8)).root();
    assertThat(JsonDocument.write(wide)).isEqualTo(many);
    assertThatThrownBy(() -> wide.put("0", 1)).isInstanceOf(UnsupportedOperationException.class);

    ObjectNode other = JSON.parse(body);
    ((ArrayNode) other.at("/a/b")).add(2);
    other.putNull("c");
    assertThat(JsonDocument.write(other)).isEqualTo("{\"a\":{\"b\":[1,2]},\"c\":null}");
  }

  @Test
  void aStringEqualsOneThatWasMadeOtherwise() {
    JsonNode string = JSON.parse("{\"a\":\"caf\\u00e9\"}".getBytes(UTF_8)).get("a");
    assertThat(string).isEqualTo(TextNode.valueOf("café")).isNotEqualTo(TextNode.valueOf("cafe"));
    assertThat(string.equals(null)).isFalse();
    assertThat(string.asText("other")).isEqualTo("café");
    assertThat(string.asText()).isEqualTo("café");
    assertThat(string.isTextual()).isTrue();
  }

  /** Length and characters are judged without the text where that is enough, and rightly so. */
  @ParameterizedTest
  @CsvSource({
    "abc, 3, true",
    "abc, 2, false",
    "éé, 2, true",
    "ééé, 2, false",
    "😀, 1, true",
    "\\u00e9\\u00e9, 2, true",
    "\\ud83d\\ude00, 1, true",
    "\\u0000, 1, false",
    "\\ud800, 1, false",
    "\\\\u0000, 6, true"
  })
  void judgesTextInTheBody(String sent, int max, boolean fine) {
    JsonNode string = JSON.parse(("{\"a\":\"" + sent + "\"}").getBytes(UTF_8)).get("a");
    assertThat(!Text.isLongerThan(string, max) && Text.isStorable(string)).isEqualTo(fine);
    assertThat(Text.isLongerThan(string, max))
        .isEqualTo(Text.isLongerThan(string.textValue(), max));
    assertThat(Text.isStorable(string)).isEqualTo(Text.isStorable(string.textValue()));
  }
}
