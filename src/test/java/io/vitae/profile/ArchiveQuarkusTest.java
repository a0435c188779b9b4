package io.vitae.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vitae.testing.Answer;
import io.vitae.testing.Api;
import io.vitae.testing.PostgresResource;
import io.vitae.testing.TestWorkspace;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code PATCH /v1/profile/indexing/archive}. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ArchiveQuarkusTest {
  private static final String UNKNOWN = "Invalid parameters. Unable to find object: profile";
  private static final String ARCHIVED =
      "{\"code\":200,\"message\":\"Profile archived\",\"data\":{\"key\":\"k\"}}";
  private static final String UNARCHIVED =
      "{\"code\":200,\"message\":\"Profile unarchived\",\"data\":{\"key\":\"k\"}}";
  private static final String DATE = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\+0000";

  private TestWorkspace workspace;
  private Api api;

  @BeforeEach
  void storeTwo() {
    workspace = TestWorkspace.create();
    api = Api.of(workspace);
    put("{'key':'k','reference':'r','info':{'email':'Ada@Example.com'}}").created();
    put("{'key':'other','reference':'o','info':{'email':'o@example.com'}}").created();
  }

  private Answer put(String profile) {
    return api.put(profile.replace('\'', '"'));
  }

  private Answer archive(String body) {
    return api.archive(body.replace('\'', '"'));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'key':'k'",
        "'reference':'r'",
        "'profile_email':'ADA@example.com'",
        "'email':'ada@example.com'",
        "'key':'k','reference':'r','profile_email':'ada@example.com'",
        "'key':'k','reference':null,'profile_email':null",
        "'key':'k','unknown':[1]",
      })
  void archivesAndBringsBack(String name) {
    assertThat(archive("{" + name + "}").text()).isEqualTo(ARCHIVED);

    JsonNode archived = api.get("key", "k").found().data();
    assertThat(archived.path("archive").textValue()).matches(DATE);
    assertThat(archived.path("archived_at")).isEqualTo(archived.path("archive"));
    assertThat(api.get("key", "other").data().path("archive").isNull()).isTrue();

    assertThat(archive("{" + name + ",'is_archive':0}").text()).isEqualTo(UNARCHIVED);
    JsonNode back = api.get("key", "k").found().data();
    assertThat(back.path("archive").isNull()).isTrue();
    assertThat(back.path("archived_at").isNull()).isTrue();
    assertThat(api.get("key", "k").etag()).isEqualTo("\"3\"");
  }

  @ParameterizedTest
  @CsvSource({"1, true", "true, true", "null, true", "0, false", "false, false"})
  void theFlagIsANumberOrABoolean(String flag, boolean archived) {
    archive("{'key':'k','is_archive':" + !archived + "}");

    Answer answer = archive("{'key':'k','is_archive':" + flag + "}");

    assertThat(answer.text()).isEqualTo(archived ? ARCHIVED : UNARCHIVED);
    assertThat(api.get("key", "k").data().path("archive").isTextual()).isEqualTo(archived);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{}                                   | /key required",
        "{'key':null}                         | /key required",
        "{'is_archive':1}                     | /key required",
        "{'key':'k','is_archive':2}           | /is_archive invalid_type",
        "{'key':'k','is_archive':-1}          | /is_archive invalid_type",
        "{'key':'k','is_archive':'1'}         | /is_archive invalid_type",
        "{'key':'k','is_archive':1.0}         | /is_archive invalid_type",
        "{'key':'k','is_archive':[]}          | /is_archive invalid_type",
        "{'key':5}                            | /key invalid_type",
        "{'reference':{}}                     | /reference invalid_type",
        "{'profile_email':['ada@example.com']} | /profile_email invalid_type",
        "{'key':'\\u0000'}                    | /key invalid_type",
      })
  void whatIsNotUnderstoodIsNamed(String body, String error) {
    assertThat(archive(body).failed(400, "Invalid parameters").errors()).containsExactly(error);
    assertThat(api.get("key", "k").etag()).isEqualTo("\"1\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'key':'x'}",
        "{'reference':'R'}",
        "{'profile_email':'ada@example.org'}",
        "{'key':'k','reference':'o'}",
        "{'key':'k','profile_email':'o@example.com'}",
        "{'key':'k%'}",
        "{'key':'x','is_archive':0}",
      })
  void aNameThatNobodyHasIsUnknown(String body) {
    archive(body).failed(400, UNKNOWN);
    assertThat(api.get("key", "k").etag()).isEqualTo("\"1\"");
  }

  @Test
  void whatIsArchivedAlreadyStaysAsItIs() {
    archive("{'key':'k'}");
    JsonNode archived = api.get("key", "k").data();

    assertThat(archive("{'key':'k'}").text()).isEqualTo(ARCHIVED);

    assertThat(api.get("key", "k").data()).isEqualTo(archived);
    assertThat(api.get("key", "k").etag()).isEqualTo("\"2\"");
  }

  @Test
  void anArchivedProfileCanBeEditedAndStaysArchived() {
    archive("{'key':'k'}");
    JsonNode archived = api.get("key", "k").data();

    Answer edited = put("{'key':'k','text':'x','archive':null,'archived_at':null}").edited();

    assertThat(edited.data().path("archive")).isEqualTo(archived.path("archive"));
    assertThat(edited.etag()).isEqualTo("\"3\"");
  }

  @Test
  void theSourceMustBeNamedAndKnown() {
    String unknown = "Invalid source fields. Unable to find object: source";
    patch("{\"key\":\"k\"}").failed(400, "Invalid source fields");
    patch("{\"source_key\":5,\"key\":\"k\"}").failed(400, "Invalid source fields");
    patch("{\"source_key\":\"\",\"key\":\"k\"}").failed(400, unknown);
    patch("{\"source_key\":\"x\",\"key\":\"k\"}").failed(400, unknown);
    patch("[]").failed(400, "Invalid JSON");
    patch("").failed(400, "Invalid JSON");
    api.in(workspace.newSource()).archive("{\"key\":\"k\"}").failed(400, UNKNOWN);
  }

  private Answer patch(String body) {
    return api.send("PATCH", Api.ARCHIVE, BodyPublishers.ofString(body));
  }

  @Test
  void anotherWorkspaceCannotArchiveOurs() {
    TestWorkspace other = TestWorkspace.create();

    Answer inOurs = Api.with(other.allKey(), workspace.sourceKey()).archive("{\"key\":\"k\"}");
    Answer inNone = Api.with(other.allKey(), "0".repeat(40)).archive("{\"key\":\"k\"}");
    Api.of(other).archive("{\"key\":\"k\"}").failed(400, UNKNOWN);

    inOurs.failed(400, "Invalid source fields. Unable to find object: source");
    assertThat(inOurs.text()).isEqualTo(inNone.text());
    assertThat(api.get("key", "k").etag()).isEqualTo("\"1\"");
  }

  @Test
  void aReadKeyMayNotArchive() {
    String refusal = "Unauthorized. Invalid secret key for permission: write";

    Api.with(workspace.readKey(), workspace.sourceKey())
        .archive("{\"key\":\"k\"}")
        .failed(401, refusal);
    assertThat(api.get("key", "k").etag()).isEqualTo("\"1\"");
    assertThat(
            Api.with(workspace.writeKey(), workspace.sourceKey()).archive("{\"key\":\"k\"}").text())
        .isEqualTo(ARCHIVED);
  }

  @Test
  void ofSeveralWithOneAddressTheLastChangedIsMeant() {
    put("{'key':'twin','info':{'email':'ada@example.com'}}").created();

    Answer answer = archive("{'profile_email':'ada@example.com'}");

    assertThat(answer.data().path("key").textValue()).isEqualTo("twin");
    assertThat(api.get("key", "k").data().path("archive").isNull()).isTrue();
  }
}
