package io.vitae.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vitae.testing.Answer;
import io.vitae.testing.Api;
import io.vitae.testing.PostgresResource;
import io.vitae.testing.TestWorkspace;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /v1/source} and {@code /v1/sources}. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class SourcesQuarkusTest {
  private static final String UNKNOWN = "Invalid source fields. Unable to find object: source";

  private TestWorkspace workspace;
  private Api api;

  @BeforeEach
  void newWorkspace() {
    workspace = TestWorkspace.create();
    api = Api.of(workspace);
  }

  @Test
  void aSourceIsMadeWithAllThatIsGiven() {
    JsonNode made =
        create(
                """
                {"key": "mine", "name": "Career page", "type": "ats", "subtype": "custom",
                 "environment": "staging", "default_consent": {"searching": true, "parsing": false}}
                """)
            .data();

    assertThat(made.path("key").textValue()).isEqualTo("mine");
    assertThat(made.path("name").textValue()).isEqualTo("Career page");
    assertThat(made.path("type").textValue()).isEqualTo("ats");
    assertThat(made.path("subtype").textValue()).isEqualTo("custom");
    assertThat(made.path("environment").textValue()).isEqualTo("staging");
    assertThat(made.path("default_consent"))
        .isEqualTo(
            Answer.parse(
                """
                {"parsing": false, "revealing": false, "embedding": false, "searching": true,
                 "scoring": false, "reasoning": false}
                """));
    assertThat(made.path("sync_parsing").booleanValue()).isFalse();
    assertThat(get("mine").data()).isEqualTo(made);
  }

  @Test
  void whatIsNotGivenHasItsDefault() {
    JsonNode made = create("{\"name\": \"n\", \"type\": null, \"key\": null}").data();

    assertThat(made.path("key").textValue()).matches("[0-9a-f]{40}");
    assertThat(made.path("type").textValue()).isEqualTo("api");
    assertThat(made.path("subtype").textValue()).isEqualTo("http_api");
    assertThat(made.path("environment").textValue()).isEqualTo("production");
    made.path("default_consent").forEach(flag -> assertThat(flag.booleanValue()).isFalse());
  }

  @Test
  void aNewSourceCanBeUsedAtOnceEvenWhenItWasAskedForBefore() {
    Api there = api.in("early");
    there.put("{\"key\":\"k\",\"info\":{}}").failed(400, UNKNOWN);
    create("{\"key\": \"early\", \"name\": \"n\"}");

    there.put("{\"key\":\"k\",\"info\":{}}").created();
  }

  @Test
  void anEditChangesWhatIsGivenAndIsSeenAtOnce() {
    create(
        "{\"key\": \"k\", \"name\": \"old\", \"type\": \"t\", \"default_consent\": {\"scoring\": true}}");
    JsonNode before = get("k").data();

    JsonNode after = edit("{\"key\": \"k\", \"name\": \"new\"}").data();

    assertThat(after.path("name").textValue()).isEqualTo("new");
    assertThat(after.path("type").textValue()).isEqualTo("t");
    assertThat(after.path("default_consent")).isEqualTo(before.path("default_consent"));
    assertThat(after.path("created_at")).isEqualTo(before.path("created_at"));
    assertThat(get("k").data()).isEqualTo(after);
    JsonNode consent = edit("{\"key\": \"k\", \"default_consent\": {\"searching\": true}}").data();
    assertThat(consent.at("/default_consent/searching").booleanValue()).isTrue();
    assertThat(consent.at("/default_consent/scoring").booleanValue()).isFalse();
  }

  @Test
  void aKeyBelongsToOneSourceOfItsWorkspace() {
    create("{\"key\": \"k\", \"name\": \"mine\"}");

    assertThat(
            send("POST", "{\"key\": \"k\", \"name\": \"again\"}")
                .failed(400, "Invalid source fields")
                .errors())
        .containsExactly("/key key_taken");
    assertThat(get("k").data().path("name").textValue()).isEqualTo("mine");
    Api other = Api.of(TestWorkspace.create());
    other.send(
        "POST", "/v1/source", BodyPublishers.ofString("{\"key\": \"k\", \"name\": \"theirs\"}"));
    assertThat(get("k").data().path("name").textValue()).isEqualTo("mine");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POST  | {}                                                  | /name required",
        "POST  | {\"name\": null}                                    | /name required",
        "POST  | {\"name\": 1}                                       | /name invalid_type, /name required",
        "POST  | {\"name\": \"n\", \"key\": \"\"}                    | /key invalid_type",
        "POST  | {\"name\": \"n\", \"key\": 5}                       | /key invalid_type",
        "POST  | {\"name\": \"n\", \"type\": []}                     | /type invalid_type",
        "POST  | {\"name\": \"n\", \"colour\": \"red\"}              | /colour unknown_field",
        "POST  | {\"name\": \"n\", \"default_consent\": true}        | /default_consent invalid_type",
        "POST  | {\"name\": \"n\", \"default_consent\": {\"searchin\": true}}   | /default_consent invalid_value",
        "POST  | {\"name\": \"n\", \"default_consent\": {\"searching\": \"true\"}} | /default_consent invalid_value",
        "PATCH | {\"name\": \"n\"}                                   | /key required",
        "PATCH | {\"key\": \"k\", \"subtype\": \"\", \"x~/y\": 1}    | /x~0~1y unknown_field, /subtype invalid_type"
      })
  void everyErrorIsNamedAtOnce(String method, String body, String errors) {
    assertThat(send(method, body).failed(400, "Invalid source fields").errors())
        .containsExactly(errors.split(", ", -1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[]", "null", "{\"name\": \"n\", \"name\": \"m\"}", "{\"name\": \"n\"} x"})
  void aBodyMustBeOneObject(String body) {
    send("POST", body).failed(400, "Invalid JSON");
    send("PATCH", body).failed(400, "Invalid JSON");
  }

  @Test
  void anUnknownSourceCanBeNeitherReadNorEdited() {
    fetch("/v1/source?key=nobody").failed(400, UNKNOWN);
    fetch("/v1/source?key=%00").failed(400, UNKNOWN);
    fetch("/v1/source?key=" + "k".repeat(2000)).failed(400, UNKNOWN);
    send("PATCH", "{\"key\": \"nobody\", \"name\": \"n\"}").failed(400, UNKNOWN);
    assertThat(fetch("/v1/source").failed(400, "Invalid parameters").errors())
        .containsExactly("key required");
  }

  @Test
  void anotherWorkspacesSourceIsUnknown() {
    Api other = Api.of(TestWorkspace.create());
    other
        .send("GET", "/v1/source?key=" + workspace.sourceKey(), BodyPublishers.noBody())
        .failed(400, UNKNOWN);
    String edit = "{\"key\": \"" + workspace.sourceKey() + "\", \"name\": \"taken over\"}";
    other.send("PATCH", "/v1/source", BodyPublishers.ofString(edit)).failed(400, UNKNOWN);

    assertThat(get(workspace.sourceKey()).data().path("name").textValue()).isEqualTo("Test source");
  }

  @Test
  void aListHasPagesInOrder() {
    List<String> made = new ArrayList<>(List.of(workspace.sourceKey()));
    for (int i = 0; i < 6; i++) {
      made.add(create("{\"name\": \"n" + i + "\"}").data().path("key").textValue());
    }
    List<String> pages = new ArrayList<>();
    for (int page = 1; page <= 3; page++) {
      Answer answer = fetch("/v1/sources?order_by=asc&limit=3&sort_by=date&page=" + page);
      assertThat(answer.json().path("meta"))
          .isEqualTo(
              Answer.parse(
                  "{\"page\": %d, \"maxPage\": 3, \"count\": %d, \"total\": 7}"
                      .formatted(page, page < 3 ? 3 : 1)));
      answer.data().forEach(source -> pages.add(source.path("key").textValue()));
    }
    assertThat(pages).isEqualTo(made);
    assertThat(fetch("/v1/sources").data().get(0).path("name").textValue()).isEqualTo("n5");
    Answer past = fetch("/v1/sources?page=9");
    assertThat(past.data()).isEmpty();
    assertThat(past.json().at("/meta/total").intValue()).isEqualTo(7);
  }

  @Test
  void aListCanBeFilteredByName() {
    create("{\"name\": \"Career 100% page\"}");
    create("{\"name\": \"Fair\"}");

    assertThat(names("/v1/sources?name=CAREER")).containsExactly("Career 100% page");
    assertThat(names("/v1/sources?name=%25")).containsExactly("Career 100% page");
    assertThat(names("/v1/sources?name=_")).isEmpty();
    assertThat(names("/v1/sources?name=")).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({
    "page=0, page out_of_range",
    "limit=101, limit out_of_range",
    "order_by=up, order_by invalid_value",
    "sort_by=name, sort_by invalid_value",
    "nam=x, nam unknown_parameter"
  })
  void aParameterThatIsNotUnderstoodIsNamed(String query, String error) {
    assertThat(fetch("/v1/sources?" + query).failed(400, "Invalid parameters").errors())
        .containsExactly(error);
  }

  private Answer create(String body) {
    Answer answer = send("POST", body);
    assertThat(answer.message()).as(answer.text()).isEqualTo("Source created");
    return answer;
  }

  private Answer edit(String body) {
    Answer answer = send("PATCH", body);
    assertThat(answer.message()).as(answer.text()).isEqualTo("Source edited");
    return answer;
  }

  private Answer get(String key) {
    Answer answer = fetch("/v1/source?key=" + key);
    assertThat(answer.message()).as(answer.text()).isEqualTo("Source info");
    return answer;
  }

  private Answer send(String method, String body) {
    return api.send(method, "/v1/source", BodyPublishers.ofString(body));
  }

  private Answer fetch(String path) {
    return api.send("GET", path, BodyPublishers.noBody());
  }

  private List<String> names(String path) {
    return fetch(path).data().findValuesAsText("name");
  }
}
