package io.vitae.json;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitae.json.InvalidJsonException.Limit;
import io.vitae.profile.document.Normaliser;
import io.vitae.profile.document.Samples;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonDocumentTest {
  private static final int DEPTH = 32;
  private static final JsonDocument JSON = new JsonDocument(DEPTH);

  private static ObjectNode parse(String text) {
    return JSON.parse(text.getBytes(UTF_8));
  }

  private static InvalidJsonException refusal(byte[] body) {
    InvalidJsonException refusal =
        catchThrowableOfType(InvalidJsonException.class, () -> JSON.parse(body));
    assertThat(refusal).as("a refusal of the body").isNotNull();
    return refusal;
  }

  private static InvalidJsonException refusal(String text) {
    return refusal(text.getBytes(UTF_8));
  }

  private static String nested(int depth) {
    return "{\"a\":" + "[".repeat(depth - 1) + "]".repeat(depth - 1) + "}";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "[]",
        "\"x\"",
        "1",
        "true",
        "{",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":\"b",
        "{\"a\":1,}",
        "{\"a\":[1,]}",
        "{\"a\":1}{\"b\":2}",
        "{\"a\":1} x",
        "{\"a\":1}]",
        "{'a':1}",
        "{a:1}",
        "{\"a\":NaN}",
        "{\"a\":-Infinity}",
        "{\"a\":01}",
        "{\"a\":+1}",
        "{\"a\":.5}",
        "{\"a\":1.}",
        "{\"a\":1e}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12\"}",
        "{\"a\":\"tab\there\"}",
        "{\"a\":\"\u0000\"}",
        "{\"\\ud800\":1}",
        "{\"\\udc00\":1}",
        "\u0000{}",
        "// comment\n{}",
        "{\"a\":1,\"a\":1}",
        "{\"a\":{\"b\":[{\"c\":1,\"\\u0063\":2}]}}"
      })
  void refusesWhatIsNotOneJsonObject(String text) {
    assertThat(refusal(text).exceeded()).isEmpty();
  }

  /** Lines and characters are counted as people do, and a byte order mark is none. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''             | ''   | must be one JSON object",
        "' '            | ''   | must be one JSON object",
        "[]             | ''   | must be one JSON object",
        "{              | ''   | ends before it is complete",
        "{'a':'b        | ''   | ends before it is complete",
        "{'a':[1,2      | ''   | ends before it is complete",
        "{'a':1,}       | ''   | is not JSON from line 1, character 8 on",
        "{'é😀':x}      | ''   | is not JSON from line 1, character 7 on",
        "\uFEFF{'a':x} | ''   | is not JSON from line 1, character 6 on",
        "{~'a':~tru}    | ''   | is not JSON from line 3, character 1 on",
        "{'a':'x\\y'}  | ''   | is not JSON from line 1, character 8 on",
        "{'a':'\\u12x'} | ''   | is not JSON from line 1, character 7 on",
        "{'a':'x~y'}    | ''   | is not JSON from line 1, character 8 on",
        "{'a':01}       | ''   | is not JSON from line 1, character 7 on",
        "{'a':1.}       | ''   | is not JSON from line 1, character 8 on",
        "{'a':1} {}     | ''   | is not JSON from line 1, character 9 on",
        "{'a':1 'b':2}  | ''   | is not JSON from line 1, character 8 on",
        "{'a':[{'b':1,'b':2}]} | /a/0/b | is there twice",
        "{'a':{'\\ud800':1}} | /a | must have member names without lone surrogates"
      })
  void saysWhereItStopsBeingOne(String text, String pointer, String message) {
    String body = text.replace('\'', '"').replace('~', '\n');
    assertThat(refusal(body).fault()).hasValue(new InvalidJsonException.Fault(pointer, message));
  }

  /** More members than are looked at one by one. */
  @Test
  void hasItsMembersInOrderAndOnceHoweverManyTheyAre() {
    List<String> names = IntStream.range(0, 100).mapToObj(i -> "n" + i).toList();
    String members = names.stream().map(name -> "\"" + name + "\":1").collect(joining(","));

    ObjectNode many = JSON.parse(("{" + members + "}").getBytes(UTF_8));
    assertThat(many.fieldNames()).toIterable().containsExactlyElementsOf(names);
    for (String twin : List.of("n0", "n31", "n32", "n33", "n99")) {
      assertThat(refusal("{" + members + ",\"" + twin + "\":1}").fault())
          .hasValue(new InvalidJsonException.Fault("/" + twin, "is there twice"));
    }
  }

  @Test
  void givesOutExpectedNamesAsTheyAre() {
    List<String> names = Stream.concat(Normaliser.NAMES.stream(), Stream.of("é")).toList();
    JsonDocument expecting = new JsonDocument(8, names);
    for (int round = 0; round < 3; round++) {
      // Others come, as many as there are places, and do not take the places of the expected.
      for (int other = 0; other < 3_000; other++) {
        expecting.parse(
            ("{\"other" + round + other + "\":\"" + " ".repeat(24) + "\"}").getBytes(UTF_8));
      }
      for (String name : names) {
        byte[] body = ("{\"" + name + "\":\"" + " ".repeat(24) + "\"}").getBytes(UTF_8);
        assertThat(expecting.parse(body).fieldNames().next()).isSameAs(name);
      }
    }
  }

  @Test
  void takesNoNameForAnExpectedOneThatBeginsLikeIt() {
    String expected = "a name of more than twenty-four bytes";
    JsonDocument expecting = new JsonDocument(8, List.of(expected));
    for (int length = 20; length <= expected.length(); length++) {
      String name = expected.substring(0, length);
      byte[] body = ("{\"" + name + "\":\"" + " ".repeat(24) + "\"}").getBytes(UTF_8);
      assertThat(expecting.parse(body).fieldNames().next()).isEqualTo(name);
    }
  }

  @Test
  void saysThatItIsNotUtf8() {
    assertThat(refusal(new byte[] {'{', (byte) 0xFF, '}'}).fault().orElseThrow().message())
        .isEqualTo("must be in UTF-8");
  }

  @ParameterizedTest
  @CsvSource({
    "lone high surrogate, eda080",
    "lone low surrogate, edb080",
    "overlong NUL, c080",
    "overlong letter, c181",
    "past the last code point, f4908080",
    "continuation alone, 80",
    "sequence cut off, e282",
    "never a byte of UTF-8, ff"
  })
  void refusesMalformedUtf8(String what, String hex) {
    // In a value, in a name, and behind an escape and as many bytes as are looked at together.
    for (String body :
        List.of("7b2261223a22%s227d", "7b22%s223a317d", "7b2261223a225c6e6161616161616161%s227d")) {
      byte[] bad = HexFormat.of().parseHex(body.formatted(hex));
      assertThat(refusal(bad).fault().orElseThrow().message())
          .as(what + " in " + body)
          .isEqualTo("must be in UTF-8");
    }
  }

  @Test
  void refusesOtherEncodings() {
    String text = "{\"a\":1}";
    assertThat(refusal(text.getBytes(UTF_16LE)).exceeded()).isEmpty();
    assertThat(refusal(text.getBytes(UTF_16BE)).exceeded()).isEmpty();
    assertThat(refusal(("\uFEFF" + text).getBytes(UTF_16LE)).exceeded()).isEmpty();
    assertThat(refusal(("\uFEFF" + text).getBytes(UTF_16BE)).exceeded()).isEmpty();
  }

  @Test
  void skipsAByteOrderMark() {
    assertThat(parse("\uFEFF{\"a\":1}")).isEqualTo(parse("{\"a\":1}"));
    assertThat(refusal("\uFEFF").exceeded()).isEmpty();
    assertThat(refusal("\uFEFF\uFEFF{}").exceeded()).isEmpty();
  }

  @Test
  void nestingIsBoundedWithAPointer() {
    assertThat(parse(nested(DEPTH))).hasSize(1);
    assertThat(refusal(nested(DEPTH + 1)).exceeded())
        .hasValue(new InvalidJsonException.Exceeded(Limit.DEPTH, "/a" + "/0".repeat(DEPTH - 1)));
    assertThat(refusal("{\"a\":" + "[".repeat(500_000)).exceeded().orElseThrow().limit())
        .isEqualTo(Limit.DEPTH);
    assertThat(refusal("{\"a\":".repeat(500_000)).exceeded().orElseThrow().pointer())
        .isEqualTo("/a".repeat(DEPTH));
    // The first byte already says that this is no object.
    assertThat(refusal("[".repeat(500_000)).exceeded()).isEmpty();
  }

  @Test
  void sizeOfNumbersIsBoundedWithAPointer() {
    String longest = "9".repeat(JsonDocument.MAX_NUMBER_LENGTH);
    assertThat(parse("{\"a\":" + longest + "}").get("a").asText()).isEqualTo(longest);
    for (String tooBig :
        new String[] {
          longest + "9".repeat(JsonDocument.NUMBER_SIGNS + 1),
          "1".repeat(5000),
          "0." + "1".repeat(5000),
          "1e99999999999",
          "-1e-99999999999",
          "1e2147483648"
        }) {
      assertThat(refusal("{\"x\":0,\"a/~\":[0,{\"b\":" + tooBig + "}]}").exceeded())
          .as(tooBig)
          .hasValue(new InvalidJsonException.Exceeded(Limit.NUMBER, "/a~1~0/1/b"));
    }
  }

  @Test
  void pointersStopBeforeANameThatCannotBeAnswered() {
    String longName = "n".repeat(256);
    assertThat(refusal("{\"" + longName + "\":" + "1".repeat(5000)).exceeded().orElseThrow())
        .isEqualTo(new InvalidJsonException.Exceeded(Limit.NUMBER, ""));
  }

  @Test
  void numbersKeepTheirDigits() {
    ObjectNode tree = parse("{\"a\":1.00,\"b\":0.10,\"c\":12345678901234567890.5,\"d\":1e2}");
    assertThat(tree.get("a").decimalValue()).isEqualTo(new BigDecimal("1.00"));
    assertThat(JsonDocument.write(tree))
        .isEqualTo("{\"a\":1.00,\"b\":0.10,\"c\":12345678901234567890.5,\"d\":100}");
  }

  @Test
  void writingAndReadingGiveTheSameTree() {
    ObjectNode sample = Samples.putRequest();
    assertThat(parse(JsonDocument.write(sample))).isEqualTo(sample);
  }

  @Test
  void refusalsNeverQuoteTheDocument() {
    for (String text :
        new String[] {
          "{\"canary\":1,\"canary\":2}", "{\"a\":canary}", "{\"canary\":" + "[".repeat(50)
        }) {
      InvalidJsonException refusal = refusal(text);
      assertThat(refusal.toString()).doesNotContain("canary");
      assertThat(refusal.getCause()).isNull();
      assertThat(refusal.getSuppressed()).isEmpty();
      assertThat(refusal.getStackTrace()).isEmpty();
    }
  }

  /** Cut off and scribbled over anywhere, a body is read or refused; nothing else escapes. */
  @Test
  void nothingElseEscapesOnDamagedBodies() {
    byte[] sample = JsonDocument.write(Samples.putRequest()).getBytes(UTF_8);
    for (int length = 0; length < sample.length; length++) {
      refusal(Arrays.copyOf(sample, length));
    }
    Random random = new Random(20);
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = sample.clone();
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      try {
        JSON.parse(damaged);
      } catch (InvalidJsonException expected) {
        assertThat(expected.getMessage()).startsWith("The body is ");
      }
    }
  }

  @Test
  void refusesNamesThatNobodyCouldMeanAndSaysWhere() {
    String long1 = "n".repeat(JsonDocument.MAX_NAME_LENGTH + 8);
    assertThat(refusal("{\"a\":[{\"" + long1 + "\":1}]}").exceeded())
        .contains(new InvalidJsonException.Exceeded(InvalidJsonException.Limit.NAME, "/a/0"));
    String fine = "n".repeat(JsonDocument.MAX_NAME_LENGTH / 2);
    assertThat(parse("{\"" + fine + "\":1}").has(fine)).isTrue();
  }
}
