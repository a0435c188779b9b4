package io.vitae.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vitae.testing.Answer;
import io.vitae.testing.Api;
import io.vitae.testing.Eventually;
import io.vitae.testing.PostgresResource;
import io.vitae.testing.TestWorkspace;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code GET /v1/profile/consent}. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ConsentExplanationQuarkusTest {
  private static final String PATH = "/v1/profile/consent";

  private TestWorkspace workspace;
  private Api api;

  @BeforeEach
  void newWorkspace() {
    workspace = TestWorkspace.create();
    api = Api.of(workspace);
  }

  private Answer put(String profile) {
    return api.put(profile.replace('\'', '"'));
  }

  private Answer explain(String name, String value) {
    return api.fetch(PATH, "source_key", workspace.sourceKey(), name, value);
  }

  private void defaultConsent(String flags) {
    String body = "{\"key\":\"" + workspace.sourceKey() + "\",\"default_consent\":" + flags + "}";
    Answer answer = api.send("PATCH", "/v1/source", BodyPublishers.ofString(body));
    assertThat(answer.message()).as(answer.text()).isEqualTo("Source edited");
  }

  @Test
  void isThisToTheLetter() {
    put("{'key':'k','info':{}}").created();

    String byDefault =
        ":{\"allowed\":false,\"decided_by\":[\"default\"],\"owner\":null,\"controller\":null,"
            + "\"default\":false}";
    assertThat(explain("key", "k").text())
        .isEqualTo(
            "{\"code\":200,\"message\":\"Profile consent\",\"data\":{\"key\":\"k\",\"version\":1,"
                + "\"stated\":false,\"purposes\":{\"parsing\""
                + byDefault
                + ",\"revealing\""
                + byDefault
                + ",\"embedding\""
                + byDefault
                + ",\"searching\""
                + byDefault
                + ",\"scoring\""
                + byDefault
                + ",\"reasoning\""
                + byDefault
                + "}}}");
  }

  @Test
  void namesThePartiesWhoDecided() {
    put("{'key':'k','info':{},'consent_algorithmic':{"
            + "'owner':{'parsing':true,'searching':true},"
            + "'controller':{'parsing':true,'scoring':true}}}")
        .created();

    JsonNode purposes = explain("key", "k").data().path("purposes");

    assertThat(purposes.size()).isEqualTo(6);
    assertThat(purposes.path("parsing")).isEqualTo(decided(true, "owner','controller", true, true));
    assertThat(purposes.path("searching")).isEqualTo(decided(false, "controller", true, false));
    assertThat(purposes.path("scoring")).isEqualTo(decided(false, "owner", false, true));
    assertThat(purposes.path("reasoning"))
        .isEqualTo(decided(false, "owner','controller", false, false));
  }

  private static JsonNode decided(
      boolean allowed, String parties, boolean owner, boolean controller) {
    return Answer.parse(
        ("{'allowed':"
                + allowed
                + ",'decided_by':['"
                + parties
                + "'],'owner':"
                + owner
                + ",'controller':"
                + controller
                + ",'default':null}")
            .replace('\'', '"'));
  }

  @Test
  void aDefaultDecidesOnlyWhereNothingWasStated() throws InterruptedException {
    put("{'key':'unstated','info':{}}").created();
    put("{'key':'stated','info':{},'consent_algorithmic':{}}").created();
    put("{'key':'cleared','info':{},'consent_algorithmic':null}").created();

    defaultConsent("{\"scoring\":true}");

    Eventually.await("the default", () -> allowed("unstated", "scoring"));
    assertThat(allowed("unstated", "searching")).isFalse();
    assertThat(explain("key", "unstated").data().at("/purposes/scoring"))
        .isEqualTo(
            Answer.parse(
                "{\"allowed\":true,\"decided_by\":[\"default\"],\"owner\":null,"
                    + "\"controller\":null,\"default\":true}"));
    for (String key : new String[] {"stated", "cleared"}) {
      assertThat(explain("key", key).data().path("stated").booleanValue()).isTrue();
      assertThat(explain("key", key).data().at("/purposes/scoring"))
          .isEqualTo(decided(false, "owner','controller", false, false));
    }
    assertThat(explain("key", "unstated").data().path("version").intValue()).isEqualTo(1);
  }

  private boolean allowed(String key, String purpose) {
    return explain("key", key).data().at("/purposes/" + purpose + "/allowed").booleanValue();
  }

  @Test
  void whatWasStatedWinsForEver() throws InterruptedException {
    put("{'key':'k','info':{}}").created();
    defaultConsent("{\"searching\":true}");
    Eventually.await("the default", () -> allowed("k", "searching"));

    Answer shown = api.get("key", "k").found();
    assertThat(api.send("PUT", shown.data().toString()).edited().etag()).isEqualTo("\"1\"");
    defaultConsent("{}");

    JsonNode explanation = explain("key", "k").data();
    assertThat(explanation.path("stated").booleanValue()).isTrue();
    assertThat(explanation.path("version").intValue()).isEqualTo(1);
    assertThat(explanation.at("/purposes/searching"))
        .isEqualTo(decided(true, "owner','controller", true, true));
    assertThat(api.search().keys()).containsExactly("k");
  }

  @Test
  void saysWhatTheGateDoes() {
    put("{'key':'k','info':{},'consent_algorithmic':{"
            + "'owner':{'parsing':true,'scoring':true,'revealing':true},"
            + "'controller':{'parsing':true,'scoring':false,'revealing':true}}}")
        .created();

    JsonNode purposes = explain("key", "k").data().path("purposes");
    for (String purpose : purposes.properties().stream().map(p -> p.getKey()).toList()) {
      Answer answer = api.get("key", "k", "purpose", purpose);
      if (purposes.path(purpose).path("allowed").booleanValue()) {
        answer.found();
      } else {
        assertThat(answer.text())
            .isEqualTo("{\"code\":403,\"message\":\"Consent denied: " + purpose + "\"}");
      }
    }
    api.get("key", "k", "purpose", "selling").refused("purpose invalid_value");
    api.get("key", "k", "purpose", "upskilling").refused("purpose invalid_value");
    api.get("key", "k", "purpose", "").found();
  }

  @ParameterizedTest
  @CsvSource({"key, k", "reference, r", "email, ADA@example.com"})
  void findsByAnyName(String name, String value) {
    Answer stored = put("{'key':'k','reference':'r','info':{'email':'ada@example.com'}}");

    Answer answer = explain(name, value);

    assertThat(answer.data().path("key").textValue()).isEqualTo("k");
    assertThat(answer.etag()).isEqualTo(stored.etag());
    explain(name, "x" + value).failed(400, "Invalid parameters. Unable to find object: profile");
  }

  @Test
  void isReadAsAProfileIs() {
    put("{'key':'k','info':{}}").created();
    String source = workspace.sourceKey();
    String unknown = "Invalid source fields. Unable to find object: source";

    api.fetch(PATH, "key", "k").failed(400, "Invalid source fields");
    api.fetch(PATH, "source_key", "x", "key", "k").failed(400, unknown);
    api.fetch(PATH, "source_key", source).refused("key required");
    Api.with(workspace.readKey(), source).fetch(PATH, "source_key", source, "key", "k");
    Api.with(workspace.writeKey(), source)
        .fetch(PATH, "source_key", source, "key", "k")
        .failed(401, "Unauthorized. Invalid secret key for permission: read");
    TestWorkspace other = TestWorkspace.create();
    Api.of(other).fetch(PATH, "source_key", source, "key", "k").failed(400, unknown);
    Api.of(other)
        .fetch(PATH, "source_key", other.sourceKey(), "key", "k")
        .failed(400, "Invalid parameters. Unable to find object: profile");
  }

  @Test
  void isAboutTheProfileAsItIsNow() {
    put("{'key':'k','info':{},'consent_algorithmic':{'owner':{'scoring':true},"
            + "'controller':{'scoring':true}}}")
        .created();
    assertThat(allowed("k", "scoring")).isTrue();

    put("{'key':'k','consent_algorithmic':{'owner':{'scoring':true}}}").edited();

    assertThat(allowed("k", "scoring")).isFalse();
    assertThat(explain("key", "k").data().path("version").intValue()).isEqualTo(2);
    api.archive("{\"key\":\"k\"}");
    assertThat(explain("key", "k").data().path("version").intValue()).isEqualTo(3);
  }
}
