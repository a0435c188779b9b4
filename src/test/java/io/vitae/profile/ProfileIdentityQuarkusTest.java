package io.vitae.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vitae.testing.Answer;
import io.vitae.testing.Api;
import io.vitae.testing.PostgresResource;
import io.vitae.testing.TestWorkspace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which profile a PUT means: by key, by reference, or by both. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ProfileIdentityQuarkusTest {
  private TestWorkspace workspace;
  private Api api;

  @BeforeEach
  void newWorkspace() {
    workspace = TestWorkspace.create();
    api = Api.of(workspace);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\"key\":\"k\"", "\"reference\":\"r\"", "\"key\":\"k\",\"reference\":\"r\""})
  void aFirstPutCreatesAndASecondEdits(String identity) {
    String body = "{" + identity + ",\"info\":{\"full_name\":\"Ada\"}}";

    Answer first = api.put(body).created();
    assertThat(first.etag()).isEqualTo("\"1\"");
    Answer same = api.put(body).edited();
    assertThat(same.etag()).isEqualTo("\"1\"");
    Answer changed = api.put(body.replace("Ada", "Bob")).edited();
    assertThat(changed.etag()).isEqualTo("\"2\"");
    Answer partial = api.put("{" + identity + ",\"text\":\"t\"}").edited();
    assertThat(partial.etag()).isEqualTo("\"3\"");
    assertThat(partial.data().path("id")).isEqualTo(first.data().path("id"));
    assertThat(partial.data().path("key")).isEqualTo(first.data().path("key"));
  }

  @Test
  void aProfilePutByReferenceGetsAKey() {
    Answer put = api.put("{\"reference\":\"r\",\"key\":null,\"info\":{}}").created();

    String key = put.data().path("key").textValue();
    assertThat(key).matches("[0-9a-f]{40}");
    assertThat(api.get("key", key).found().data()).isEqualTo(put.data());
  }

  @Test
  void bothNamesOfOneProfileMeanIt() {
    api.put("{\"key\":\"k\",\"reference\":\"r\",\"info\":{}}").created();

    assertThat(api.put("{\"key\":\"k\",\"reference\":\"r\",\"text\":\"t\"}").edited().etag())
        .isEqualTo("\"2\"");
  }

  @Test
  void aKeyWithANewReferenceRenamesTheProfile() {
    api.put("{\"key\":\"k\",\"reference\":\"old\",\"info\":{}}").created();

    api.put("{\"key\":\"k\",\"reference\":\"new\"}").edited();

    assertThat(api.get("reference", "new").found().data().path("key").textValue()).isEqualTo("k");
    api.get("reference", "old").failed(400, "Invalid parameters. Unable to find object: profile");
    api.put("{\"reference\":\"old\",\"info\":{}}").created();
  }

  @ParameterizedTest
  @CsvSource({"k2, ''", "k2, ',\"info\":{}'", "k3, ',\"info\":{}'"})
  void keyAndReferenceOfTwoProfilesAreAConflict(String key, String more) {
    api.put("{\"key\":\"k1\",\"reference\":\"r1\",\"info\":{},\"text\":\"1\"}").created();
    api.put("{\"key\":\"k2\",\"reference\":\"r2\",\"info\":{},\"text\":\"2\"}").created();

    Answer answer =
        api.put("{\"key\":\"" + key + "\",\"reference\":\"r1\",\"text\":\"3\"" + more + "}");

    assertThat(answer.text())
        .isEqualTo(
            "{\"code\":400,\"message\":\"Invalid profile fields\",\"errors\":[{\"field\":\"/reference\","
                + "\"code\":\"identity_conflict\","
                + "\"message\":\"belongs to another profile of this source\"}]}");
    assertThat(api.get("key", "k1").data().path("text").textValue()).isEqualTo("1");
    assertThat(api.get("key", "k2").data().path("text").textValue()).isEqualTo("2");
    api.get("key", "k3").failed(400, "Invalid parameters. Unable to find object: profile");
  }

  @Test
  void aReferenceThatIsClearedIsFree() {
    api.put("{\"key\":\"k1\",\"reference\":\"r\",\"info\":{}}").created();
    api.put("{\"key\":\"k1\",\"reference\":null}").edited();

    api.put("{\"key\":\"k2\",\"reference\":\"r\",\"info\":{}}").created();
  }

  @Test
  void manyProfilesMayHaveNoReference() {
    api.put("{\"key\":\"k1\",\"info\":{}}").created();
    api.put("{\"key\":\"k2\",\"reference\":null,\"info\":{}}").created();
  }

  @Test
  void namesCountWithinTheirSourceOnly() {
    Api other = api.in(workspace.newSource());
    Api foreign = Api.of(TestWorkspace.create());
    String body = "{\"key\":\"k\",\"reference\":\"r\",\"info\":{}}";

    api.put(body).created();
    other.put(body).created();
    foreign.put(body).created();
    other.put("{\"key\":\"k\",\"text\":\"other\"}").edited();

    assertThat(api.get("key", "k").data().path("text").isNull()).isTrue();
    assertThat(foreign.get("key", "k").data().path("text").isNull()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"K", "k ", "k\\u00e9", "", "k/1", "k\\n"})
  void aKeyIsMatchedToTheLetter(String key) {
    api.put("{\"key\":\"k\",\"info\":{}}").created();

    Answer answer = api.put("{\"key\":\"" + key + "\",\"info\":{}}");

    if (key.equals("K")) {
      answer.created();
    } else {
      answer.failed(400, "Invalid profile fields");
      assertThat(answer.errors()).containsExactly("/key invalid_key");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"r", "R", "r ", "ré", "re\u0301", "r/1?x=y&z#%25", "🦉", "' OR 1=1 --"})
  void aReferenceIsMatchedToTheLetter(String reference) {
    Answer put = api.put("{\"reference\":\"" + reference + "\",\"info\":{}}").created();
    api.put("{\"reference\":\"" + reference + "x\",\"info\":{}}").created();

    assertThat(api.get("reference", reference).found().data()).isEqualTo(put.data());
    api.put("{\"reference\":\"" + reference + "\",\"info\":{}}").edited();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'info':{}}                              | /key required",
        "{'key':null,'info':{}}                   | /key required",
        "{'key':null,'reference':null,'info':{}}  | /key required",
        "{'key':1,'info':{}}                      | /key invalid_key",
        "{'key':{},'reference':'r','info':{}}     | /key invalid_key",
        "{'key':'a b','info':{}}                  | /key invalid_key",
        "{'reference':1,'info':{}}                | /reference invalid_reference",
        "{'reference':'','info':{}}               | /reference invalid_reference",
        "{'key':'k','reference':[],'info':{}}     | /reference invalid_reference",
        "{'reference':'a\\u0007','info':{}}       | /reference invalid_reference"
      },
      quoteCharacter = '"')
  void whatNamesNothingIsRefused(String body, String error) {
    Answer answer = api.put(body.replace('\'', '"'));

    answer.failed(400, "Invalid profile fields");
    assertThat(answer.errors()).containsExactly(error);
  }

  @Test
  void inTheNestedFormTheNamesMayStandInsideOrOutside() {
    String outside =
        "{\"source_key\":\"%s\",\"key\":\"k\",\"profile\":{\"info\":{},\"text\":\"1\"}}";
    String inside =
        "{\"profile\":{\"source_key\":\"%s\",\"key\":\"k\",\"info\":{},\"text\":\"2\"}}";

    api.send("PUT", outside.formatted(workspace.sourceKey())).created();
    Answer edited = api.send("PUT", inside.formatted(workspace.sourceKey())).edited();

    assertThat(edited.data().path("text").textValue()).isEqualTo("2");
    assertThat(edited.data().has("profile")).isFalse();
  }

  @Test
  void readOnlyFieldsAreIgnored() {
    Answer created = api.put("{\"key\":\"k\",\"info\":{}}").created();

    Answer edited =
        api.put(
                "{\"key\":\"k\",\"id\":\"x\",\"source\":7,\"archive\":\"2020-01-01\",\"archived_at\":1,"
                    + "\"updated_at\":{},\"version\":[99]}")
            .edited();

    assertThat(edited.data()).isEqualTo(created.data());
    assertThat(edited.etag()).isEqualTo("\"1\"");
  }

  @Test
  void aFirstWriteNeedsInfo() {
    String expected =
        "{\"code\":400,\"message\":\"Invalid profile fields\",\"errors\":[{\"field\":\"%s\","
            + "\"code\":\"required\",\"message\":\"is required when a profile is created\"}]}";
    String nested = "{\"source_key\":\"%s\",\"key\":\"k\",\"profile\":{}}";

    assertThat(api.put("{\"key\":\"k\"}").text()).isEqualTo(expected.formatted("/info"));
    assertThat(api.put("{\"key\":\"k\",\"info\":null}").text())
        .isEqualTo(expected.formatted("/info"));
    assertThat(api.put("{\"reference\":\"r\"}").text()).isEqualTo(expected.formatted("/info"));
    assertThat(api.send("PUT", nested.formatted(workspace.sourceKey())).text())
        .isEqualTo(expected.formatted("/profile/info"));
    api.get("key", "k").failed(400, "Invalid parameters. Unable to find object: profile");
  }
}
