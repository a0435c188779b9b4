package io.vitae.listing;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vitae.testing.Answer;
import io.vitae.testing.Api;
import io.vitae.testing.PostgresResource;
import io.vitae.testing.RawConnection;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the filters of a search by name, date and number find, and how the query is read. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class SearchFiltersQuarkusTest {
  private Searchable search;

  @BeforeEach
  void newWorkspace() {
    search = new Searchable();
  }

  private void storePeople() {
    search.put(
        "zoe",
        "{'reference':'R-1','info':{'full_name':'Zoé Müller-Straße','email':'Zoe@Example.com'}}");
    search.put("ivan", "{'reference':'R-2','info':{'full_name':'Иван Жуков'}}");
    search.put("percent", "{'info':{'full_name':'100% O_Neil \\\\ Sons'}}");
    search.put("plain", "{'info':{'full_name':'1000 OxNeil Sons'}}");
    search.put("nobody", "{}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name      | zoé             | zoe",
        "name      | ZOE MULLER      | zoe",
        "name      | zoe\u0301       | zoe",
        "name      | strasse         | zoe",
        "name      | lle             | zoe",
        "name      | жУКОВ           | ivan",
        "name      | neil            | percent plain",
        "name      | 0%              | percent",
        "name      | \uFF05          | percent",
        "name      | O_N             | percent",
        "name      | \\              | percent",
        "name      | \uFF3C          | percent",
        "name      | Müller Zoé      |",
        "name      | %               | percent",
        "name      | z%e             |",
        "key       | zoe             | zoe",
        "key       | ZOE             |",
        "key       | zo              |",
        "key       | z%              |",
        "reference | R-1             | zoe",
        "reference | r-1             |",
        "reference | R               |",
        "email     | zoe@example.COM | zoe",
        "email     | zoe@example     |",
        "email     | zo%             |",
      })
  void namesPeople(String parameter, String value, String expected) {
    storePeople();

    assertThat(search.find(parameter, value)).isEqualTo(keys(expected));
  }

  @Test
  void severalFiltersMustAllHold() {
    storePeople();

    assertThat(search.find("name", "neil", "key", "plain")).containsExactly("plain");
    assertThat(search.find("name", "neil", "key", "zoe")).isEmpty();
    assertThat(search.find("key", "zoe", "reference", "R-1", "email", "zoe@example.com"))
        .containsExactly("zoe");
    assertThat(search.find("key", "zoe", "reference", "R-2")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "experiences_duration_min, 2.5,   a b",
    "experiences_duration_min, 2.51,  b",
    "experiences_duration_max, 2.5,   a zero",
    "experiences_duration_max, 2.49,  zero",
    "experiences_duration_max, 0,     zero",
    "experiences_duration_min, -1,    a b zero",
    "experiences_duration_max, '\"2.5\"', a zero",
    "experiences_duration_max, 2.5e0, a zero",
    "educations_duration_min,  3,     a",
    "educations_duration_min,  3.1,   ''",
    "educations_duration_max,  3,     a",
    "educations_duration_max,  2,     ''",
  })
  void measuresDurations(String parameter, String value, String expected) {
    search.put("a", "{'experiences_duration':2.5,'educations_duration':3}");
    search.put("b", "{'experiences_duration':10}");
    search.put("zero", "{'experiences_duration':0}");
    search.put("none", "{'experiences_duration':null}");

    assertThat(search.find(parameter, value)).isEqualTo(keys(expected));
  }

  @ParameterizedTest
  @CsvSource({
    "created_at_min, 2024-05-01,                b c",
    "created_at_min, 2024-05-01T00:00:00Z,      b c",
    "created_at_min, 2024-05-01T00:00:01Z,      c",
    "created_at_max, 2024-05-01T00:00:00+0000,  a b",
    "created_at_max, 2024-05-01T01:59:59+02:00, a",
    "created_at_max, 2024-05-01 00:00:00,       a b",
    "created_at_max, 2023-12-31,                ''",
  })
  void looksBetweenDates(String parameter, String value, String expected) {
    search.put("a", "{'created_at':'2024-01-01'}");
    search.put("b", "{'created_at':'2024-05-01T02:00:00+02:00'}");
    search.put("c", "{}");

    assertThat(search.find(parameter, value)).isEqualTo(keys(expected));
  }

  @Test
  void findsByStage() {
    search.put("yes", "{'labels':[{'stage':'yes'},{'stage':'later'}]}");
    search.put("no", "{'labels':[{'stage':'no'}]}");
    search.put("none", "{'labels':[{'stage':null}],'skills':[{'name':'yes'}],'text':'yes'}");

    assertThat(search.find("stage", "yes")).containsExactly("yes");
    assertThat(search.find("stage", "[\"later\"]")).containsExactly("yes");
    assertThat(search.find("stage", "[\"yes\",\"no\"]")).containsExactly("no", "yes");
    assertThat(search.find("stage", "[\"new\"]")).isEmpty();
    search.edit("yes", "{'labels':[{'stage':'no'}]}");
    assertThat(search.find("stage", "[\"yes\"]")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "page                     | 0                       | out_of_range",
        "page                     | -1                      | out_of_range",
        "page                     | 1.5                     | out_of_range",
        "page                     | 9999999999999           | out_of_range",
        "limit                    | 101                     | out_of_range",
        "limit                    | ten                     | out_of_range",
        "order_by                 | up                      | invalid_value",
        "sort_by                  | name                    | invalid_value",
        "purpose                  | selling                 | invalid_value",
        "created_at_min           | yesterday               | invalid_date",
        "created_at_max           | 2024-13-01              | invalid_date",
        "location_geopoint        | [48,2]                  | invalid_type",
        "location_geopoint        | {'lat':'48','lng':2}    | invalid_type",
        "location_geopoint        | {'lat':48}              | invalid_type",
        "location_geopoint        | {'lat':48,              | invalid_json",
        "location_geopoint        | {'lat':91,'lng':0}      | out_of_range",
        "location_geopoint        | {'lat':0,'lng':-180.1}  | out_of_range",
        "location_geopoint        | {'lat':1e400,'lng':0}   | out_of_range",
        "experiences_duration_min | x                       | invalid_type",
        "experiences_duration_min | [1]                     | invalid_type",
        "experiences_duration_max | NaN                     | invalid_type",
        "educations_duration_min  | 1e999                   | invalid_type",
        "educations_duration_max  | 5d                      | invalid_type",
        "educations_duration_max  | 0x1p3                   | invalid_type",
        "text_keywords            | [1]                     | invalid_type",
        "text_keywords            | ['']                    | invalid_type",
        "summary_keywords         | {'a':1}                 | invalid_type",
        "experience_keywords      | [null]                  | invalid_type",
        "education_keywords       | [['a']]                 | invalid_type",
        "stage                    | [true]                  | invalid_type",
        "skills                   | [5]                     | invalid_type",
        "skills                   | [{'name':5}]            | invalid_type",
        "skills                   | [{'value':5}]           | invalid_type",
        "skills                   | [{'name':'a',           | invalid_json",
        "skills                   | {'name':'a',            | invalid_json",
        "skills                   | {'value':'a'}           | invalid_type",
        "languages                | [{'name':'a','value':{}}] | invalid_type",
        "languages                | ['a','a'] x             | invalid_json",
        "interests                | [null]                  | invalid_type",
        "tags_included            | [[]]                    | invalid_type",
        "tags_excluded            | [{}]                    | invalid_type",
      })
  void whatIsNotUnderstoodIsNamed(String parameter, String value, String code) {
    String sent = value.replace('\'', '"');
    Answer answer =
        parameter.equals("location_geopoint")
            ? search.api().search(parameter, sent, "location_distance", "10")
            : search.api().search(parameter, sent);

    answer.refused(parameter + " " + code);
  }

  @Test
  void everyMistakeIsToldAtOnce() {
    search
        .api()
        .search("nmae", "zoe", "limit", "x", "location_distance", "far", "return_profile", "1")
        .refused(
            "nmae unknown_parameter",
            "return_profile unknown_parameter",
            "limit out_of_range",
            "location_distance invalid_type");
    search
        .api()
        .search("location_geopoint", "{\"lat\":1,\"lng\":1}")
        .refused("location_distance required");
    search.api().search("location_distance", "1").refused("location_geopoint invalid_type");
  }

  @Test
  void aParameterGivenTwiceIsAskedAbout() {
    storePeople();
    String path = Api.SEARCH + "?source_keys=" + search.workspace().sourceKey();

    get(path + "&name=zoe&name=ivan").refused("name repeated_parameter");
    get(path + "&skills=a&skills=b").refused("skills repeated_parameter");
  }

  @Test
  void aParameterWithoutValueIsAbsent() {
    storePeople();
    StringBuilder path =
        new StringBuilder(Api.SEARCH + "?source_keys=" + search.workspace().sourceKey());
    parameters().forEach(name -> path.append('&').append(name).append('='));

    assertThat(get(path + "&page=&limit=&order_by=&sort_by=&purpose").keys()).hasSize(5);
    assertThat(search.find("skills", "[]", "text_keywords", "[]")).hasSize(5);
  }

  @Test
  void sourcesMustBeNamedAndKnown() {
    Api api = search.api();
    String unknown = "Invalid source fields. Unable to find object: source";

    api.fetch(Api.SEARCH).failed(400, "Invalid source fields");
    api.fetch(Api.SEARCH, "source_keys", "").failed(400, "Invalid source fields");
    api.fetch(Api.SEARCH, "source_keys", "[]").failed(400, "Invalid source fields");
    api.fetch(Api.SEARCH, "source_keys", "[\"x\"]").failed(400, unknown);
    api.fetch(Api.SEARCH, "source_keys", "[1]").refused("source_keys invalid_type");
    String foreign = new Searchable().workspace().sourceKey();
    api.fetch(Api.SEARCH, "source_keys", "[\"" + foreign + "\"]").failed(400, unknown);
    String own = search.workspace().sourceKey();
    api.fetch(Api.SEARCH, "source_keys", "[\"" + own + "\",\"" + foreign + "\"]")
        .failed(400, unknown);
  }

  @Test
  void aHundredSourcesCanBeNamed() {
    storePeople();
    StringBuilder keys = new StringBuilder("[\"" + search.workspace().sourceKey() + '"');
    for (int i = 1; i < 100; i++) {
      keys.append(",\"").append(search.workspace().newSource()).append('"');
    }

    assertThat(search.api().fetch(Api.SEARCH, "source_keys", keys + "]").keys()).hasSize(5);
    search
        .api()
        .fetch(Api.SEARCH, "source_keys", keys + ",\"x\"]")
        .refused("source_keys too_many_entries");
  }

  @Test
  void jsonNeedNotBeEncoded() throws IOException {
    search.put("java", "{'skills':[{'name':'java','value':null}]}");
    search.put("other", "{}");
    String query =
        "source_keys=[\"" + search.workspace().sourceKey() + "\"]&skills=[{\"name\":\"java\"}]";

    Answer answer =
        RawConnection.exchange(
            "GET "
                + Api.SEARCH
                + "?"
                + query
                + " HTTP/1.1\r\nHost: test\r\nX-API-KEY: "
                + search.workspace().readKey()
                + "\r\n\r\n");

    assertThat(answer.keys()).containsExactly("java");
    assertThat(answer.message()).isEqualTo("Profiles list");
  }

  static List<String> parameters() {
    return List.copyOf(new TreeSet<>(Filters.SEARCH_PARAMETERS));
  }

  @ParameterizedTest
  @MethodSource("parameters")
  void noValueDoesHarm(String parameter) {
    storePeople();
    for (String value :
        List.of(
            "'; DROP TABLE profile; --",
            "' OR true --",
            "\\') OR 1=1 --",
            "$1",
            "?",
            "%s %1$s {0}",
            "\0",
            "a\0b",
            "\\u0000",
            "\uFFFF \uD83D\uDE00",
            "'':* & !( <-> |",
            "null",
            "NaN",
            "[\"'; DROP TABLE profile; --\",\"$1\",\"?\",\"\\\\\"]",
            "[\"\\u0000\"]",
            "[\"\\ud800\"]",
            "[{\"name\":\"$1'\",\"value\":\"?\"}]",
            "[{\"name\":\"a\",\"value\":\"\\u0000\"}]",
            "[{\"name\":\"a\",\"value\":\"\\ud800\"}]",
            "[{\"name\":\"a\",\"value\":1e400}]",
            "[{\"name\":\"a\",\"value\":1e999999}]",
            "[{\"name\":\"a\",\"value\":1e-99999}]",
            "[".repeat(500))) {
      findsNothingOrIsRefused(parameter, value);
    }
    assertThat(search.find()).hasSize(5);
  }

  @ParameterizedTest
  @MethodSource("parameters")
  void noLengthDoesHarm(String parameter) {
    storePeople();

    findsNothingOrIsRefused(parameter, "x".repeat(10_000));
    findsNothingOrIsRefused(parameter, "é".repeat(2_000));
    findsNothingOrIsRefused(parameter, "9".repeat(10_000));
    findsNothingOrIsRefused(parameter, "[\"" + "x".repeat(10_000) + "\"]");
    findsNothingOrIsRefused(parameter, "[\"" + "x ".repeat(120) + "\"]");
    findsNothingOrIsRefused(parameter, "[" + "1,".repeat(3_000) + "1]");
    findsNothingOrIsRefused(parameter, "x".repeat(255));
  }

  @ParameterizedTest
  @ValueSource(strings = {"page", "limit", "order_by", "sort_by", "purpose", "source_keys"})
  void noLengthDoesHarmElsewhere(String parameter) {
    Answer answer = search.api().fetch(Api.SEARCH, parameter, "x".repeat(10_000));

    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
  }

  private void findsNothingOrIsRefused(String parameter, String value) {
    Answer answer =
        parameter.equals("location_distance")
            ? search.api().search("location_geopoint", "{\"lat\":1,\"lng\":1}", parameter, value)
            : search.api().search(parameter, value);
    if (answer.status() == 200) {
      boolean excludes = parameter.equals("tags_excluded");
      assertThat(answer.keys()).as("%s=%s", parameter, value).hasSize(excludes ? 5 : 0);
    } else {
      assertThat(answer.failed(400, "Invalid parameters").errors())
          .as("%s=%s", parameter, value)
          .isNotEmpty()
          .allSatisfy(error -> assertThat(error).startsWith(parameter.replaceFirst("_.*", "")));
    }
  }

  private Answer get(String path) {
    return search.api().send("GET", path, BodyPublishers.noBody());
  }

  private static List<String> keys(String expected) {
    return expected == null || expected.isEmpty() ? List.of() : List.of(expected.split(" "));
  }
}
