package io.vitae.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vitae.testing.Answer;
import io.vitae.testing.Api;
import io.vitae.testing.PostgresResource;
import io.vitae.testing.TestWorkspace;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are not one JSON object, or hold what cannot be stored: told so, never a 500. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class BrokenJsonQuarkusTest {
  private Api api;

  @BeforeEach
  void newWorkspace() {
    api = Api.of(TestWorkspace.create());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "{\"source_key\":",
        "{\"source_key\":\"5\",\"info\":{\"full_name\":\"Ad",
        "[]",
        "null",
        "\"text\"",
        "1",
        "{} {}",
        "{}x",
        "{'a':1}",
        "{a:1}",
        "{\"a\":1,}",
        "{\"a\":[1,]}",
        "{\"a\":01}",
        "{\"a\":+1}",
        "{\"a\":.5}",
        "{\"a\":1.}",
        "{\"a\":NaN}",
        "{\"a\":Infinity}",
        "{\"a\":-Infinity}",
        "{\"a\":\"\t\"}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12\"}",
        "// comment\n{}",
        "{\"a\":1,\"a\":1}",
        "{\"info\":{\"email\":\"a@example.com\",\"email\":\"b@example.com\"}}",
        "{\"x\":[{\"a\":1,\"a\":1}]}",
        "{\"key\":\"k\",\"info\":{},\"\\ud800\":1}",
        "source_key=5&key=6",
        "%7B%22source_key%22%3A%225%22%7D"
      })
  void whatIsNotOneJsonObjectIsInvalidJson(String body) {
    Answer answer = api.send("PUT", body).failed(400, "Invalid JSON");
    assertThat(answer.errors()).singleElement().asString().contains("invalid_json");
    assertThat(api.send("POST", body).text()).isEqualTo(answer.text());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "overlong NUL, c080",
    "overlong slash, c0af",
    "lone continuation, 80",
    "truncated sequence, e282",
    "encoded surrogate, eda080",
    "past U+10FFFF, f4908080",
    "Latin-1, e9"
  })
  void bytesThatAreNotUtf8AreInvalidJson(String name, String bytes) {
    String latin1 = new String(HexFormat.of().parseHex(bytes), StandardCharsets.ISO_8859_1);
    byte[] body = ("{\"x\":\"" + latin1 + "\"}").getBytes(StandardCharsets.ISO_8859_1);

    sendBytes(body).failed(400, "Invalid JSON");
  }

  @Test
  void otherUnicodeEncodingsAreInvalidJson() {
    sendBytes("{\"x\":1}".getBytes(StandardCharsets.UTF_16)).failed(400, "Invalid JSON");
    sendBytes("{\"x\":1}".getBytes(StandardCharsets.UTF_16LE)).failed(400, "Invalid JSON");
  }

  @Test
  void aByteOrderMarkIsNoMatter() {
    TestWorkspace workspace = TestWorkspace.create();
    String body =
        "\uFEFF{\"source_key\":\"" + workspace.sourceKey() + "\",\"key\":\"k\",\"info\":{}}";

    Api.of(workspace).send("PUT", body).created();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'key':'k','info':{'summary':'a\\u0000b'}}       | /info/summary invalid_character",
        "{'key':'k','info':{},'text':'\\ud800'}           | /text invalid_character",
        "{'key':'k','info':{},'x':['\\udc00\\ud800']}     | /x/0 invalid_character",
        "{'key':'k','info':{'urls':{'my\\u0000site':''}}} | /info/urls invalid_character",
        "{'key':'k','info':{},'\\u0000':1}                | '' invalid_character",
        "{'key':'k','info':{},'x':1e400}                  | /x number_out_of_range",
        "{'key':'k','info':{},'x':-1e400}                 | /x number_out_of_range",
        "{'key':'k','info':{},'x':1e-400}                 | /x number_out_of_range",
        "{'key':'k','info':{},'x':[1e99999999999]}        | /x/0 number_out_of_range",
        "{'key':'k\\u0000','info':{}}                     | /key invalid_key",
        "{'reference':'a\\u0000','info':{}}               | /reference invalid_reference",
        "{'reference':'\\ud83d','info':{}}                | /reference invalid_reference",
      },
      quoteCharacter = '"')
  void whatCannotBeStoredIsNamed(String body, String error) {
    Answer answer = api.put(body.replace('\'', '"'));

    answer.failed(400, "Invalid profile fields");
    assertThat(answer.errors()).containsExactly(error.replace("''", ""));
  }

  @Test
  void anEscapedLoneSurrogateInTheSourceKeyFindsNoSource() {
    api.in("\\ud800")
        .put("{\"key\":\"k\",\"info\":{}}")
        .failed(400, "Invalid source fields. Unable to find object: source");
    api.in("\\u0000")
        .put("{\"key\":\"k\",\"info\":{}}")
        .failed(400, "Invalid source fields. Unable to find object: source");
  }

  @Test
  void fortyLevelsAreTooDeep() {
    Answer answer = api.put("{\"key\":\"k\",\"info\":{},\"x\":" + nested(39) + "}");

    answer.failed(400, "Invalid profile fields");
    assertThat(answer.errors()).containsExactly("/x" + "/0".repeat(32) + " too_deep");
  }

  @Test
  void halfAMillionLevelsAreRefusedLikeForty() {
    api.send("PUT", "[".repeat(500_000)).failed(400, "Invalid JSON");
    Answer inProfile = api.put("{\"x\":" + "[".repeat(500_000));
    inProfile.failed(400, "Invalid profile fields");
    assertThat(inProfile.errors()).singleElement().asString().endsWith(" too_deep");
    api.put("{\"x\":" + "{\"a\":".repeat(100_000)).failed(400, "Invalid profile fields");
  }

  private Answer sendBytes(byte[] body) {
    return api.send("PUT", Api.INDEXING, BodyPublishers.ofByteArray(body));
  }

  private static String nested(int levels) {
    return "[".repeat(levels) + "]".repeat(levels);
  }
}
