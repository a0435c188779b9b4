package io.vitae.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vitae.testing.Answer;
import io.vitae.testing.Api;
import io.vitae.testing.PostgresResource;
import io.vitae.testing.TestWorkspace;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** "Dates, numbers and strings are echoed as sent": what comes back is what was given. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ProfileFidelityQuarkusTest {
  private static final String INFO = "\"info\":{}";

  private Api api;

  @BeforeEach
  void newWorkspace() {
    api = Api.of(TestWorkspace.create());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-1",
        "1.00",
        "0.10",
        "-0.5",
        "9007199254740993",
        "18446744073709551616",
        "123456789012345678901234567890123456789012345678901234567890",
        "0.1000000000000000055511151231257827",
        "3.141592653589793238462643383279"
      })
  void aNumberKeepsItsText(String number) {
    Answer put = api.put("{\"key\":\"k\"," + INFO + ",\"n\":" + number + "}").created();

    assertThat(put.text()).containsPattern("\"n\": ?\\Q" + number + "\\E[,}]");
    assertThat(api.get("key", "k").text()).containsPattern("\"n\": ?\\Q" + number + "\\E[,}]");
  }

  @Test
  void aNumberThatChangesInItsTextOnlyIsAChange() {
    api.put("{\"key\":\"k\"," + INFO + ",\"n\":1}").created();

    Answer put = api.put("{\"key\":\"k\",\"n\":1.00}").edited();

    assertThat(put.text()).containsPattern("\"n\": ?1\\.00[,}]");
    assertThat(put.etag()).isEqualTo("\"2\"");
  }

  @ParameterizedTest
  @CsvSource({"1e2, 100", "1E-3, 0.001", "1.50e1, 15.0", "2.5e+20, 250000000000000000000"})
  void anExponentIsWrittenOut(String number, String answered) {
    api.put("{\"key\":\"k\"," + INFO + ",\"n\":" + number + "}").created();

    assertThat(api.get("key", "k").text()).containsPattern("\"n\": ?\\Q" + answered + "\\E[,}]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "é",
        "e\u0301",
        "日本語",
        "🦉👩‍👩‍👧",
        "\u200f\u202eabc",
        "\uFEFF",
        "\uFFFE\uFFFF",
        "\u007f\u0080",
        " leading and trailing ",
        "</script>",
        "\u2028\u2029",
        "\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f",
        "\\ud83e\\udd89",
        "\\u00e9",
        "%s {} ${x} $1 '' ; --"
      })
  void aStringKeepsItsCharacters(String escaped) {
    String sent = Answer.parse('"' + escaped + '"').textValue();

    Answer put =
        api.put("{\"key\":\"k\"," + INFO + ",\"text\":\"" + escaped + "\",\"" + escaped + "\":1}");

    assertThat(put.created().data().path("text").textValue()).isEqualTo(sent);
    assertThat(put.data().has(sent)).isTrue();
    assertThat(api.get("key", "k").data()).isEqualTo(put.data());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-05-01T10:00:00+0000",
        "2024-05-01",
        "2024-05-01T10:00:00.123456789Z",
        "2024-05-01 10:00:00"
      })
  void aCreationDateKeepsItsForm(String date) {
    Answer put = api.put("{\"key\":\"k\"," + INFO + ",\"created_at\":\"" + date + "\"}").created();

    assertThat(put.data().path("created_at").textValue()).isEqualTo(date);
    api.put("{\"key\":\"k\",\"text\":\"edited\"}").edited();
    assertThat(api.get("key", "k").data().path("created_at").textValue()).isEqualTo(date);
  }

  @Test
  void veryLongUnknownNamesAreKept() {
    String name = "n".repeat(250);
    Answer put =
        api.put(
            "{\"key\":\"k\","
                + INFO
                + ",\""
                + name
                + "1\":1,\""
                + name
                + "2\":{\""
                + name
                + "\":2}}");

    assertThat(put.created().data().path(name + "1").intValue()).isEqualTo(1);
    assertThat(api.get("key", "k").data().path(name + "2").path(name).intValue()).isEqualTo(2);
  }

  @Test
  void manyUnknownFieldsAreKept() {
    StringBuilder body = new StringBuilder("{\"key\":\"k\"," + INFO);
    for (int i = 0; i < 5_000; i++) {
      body.append(",\"field_").append(i).append("\":").append(i);
    }
    Answer put = api.put(body.append('}').toString()).created();

    assertThat(put.data().path("field_4999").intValue()).isEqualTo(4_999);
    assertThat(api.get("key", "k").data()).isEqualTo(put.data());
  }

  @Test
  void namesOfTheAnswersOwnAreNoUnknownFields() {
    // Answer would not read a member that came twice.
    String body =
        "{\"key\":\"k\",%s,\"id\":5,\"source\":{},\"archive\":1,\"version\":9,\"updated_at\":\"x\","
            + "\"data\":1,\"code\":2,\"message\":3,\"document\":4,\"created\":5,\"email\":6}";
    Answer put = api.put(body.formatted(INFO)).created();

    assertThat(put.data().path("id").isIntegralNumber()).isTrue();
    assertThat(put.data().has("version")).isFalse();
    assertThat(put.data().path("data").intValue()).isEqualTo(1);
    assertThat(put.data().path("email").intValue()).isEqualTo(6);
    assertThat(api.get("key", "k").data()).isEqualTo(put.data());
  }

  @Test
  void derivedKeysAreThoseOfTheContent() {
    String twins = "\"experiences\":[{\"title\":\"a\"},{\"title\":\"a\"},{\"title\":\"b\"}]}";

    List<String> first = keys(api.put("{\"key\":\"k1\"," + INFO + "," + twins).created());
    List<String> again = keys(api.put("{\"key\":\"k2\"," + INFO + "," + twins).created());

    assertThat(first)
        .doesNotHaveDuplicates()
        .allSatisfy(key -> assertThat(key).matches("[0-9a-f]{40}"))
        .isEqualTo(again);
  }

  private static List<String> keys(Answer answer) {
    return answer.data().path("experiences").findValuesAsText("key");
  }
}
