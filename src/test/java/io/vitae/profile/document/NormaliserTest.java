package io.vitae.profile.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitae.json.JsonDocument;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class NormaliserTest {
  static final List<String> SECTIONS = Fields.SECTIONS;

  private static final String ALL_FALSE =
      """
      {"parsing":false,"revealing":false,"embedding":false,"searching":false,"scoring":false,\
      "reasoning":false}""";

  private static final String EMPTY_LOCATION =
      """
      {"text":null,"lat":null,"lng":null,"gmaps":null,"fields":null}""";

  private static final String EMPTY_URLS =
      """
      {"from_resume":[],"linkedin":"","twitter":"","facebook":"","github":"","picture":""}""";

  private static final String EMPTY_INFO =
      """
      {"full_name":null,"first_name":null,"last_name":null,"date_birth":null,"email":null,\
      "phone":null,"location":%s,"urls":%s,"picture":null,"gender":null,"summary":null}"""
          .formatted(EMPTY_LOCATION, EMPTY_URLS);

  private static ObjectNode patch(String profile) {
    return Samples.patch(Samples.json(profile));
  }

  /** The text of one member of a patch, so that the order of members is seen, too. */
  private static String member(String name, String profile) {
    return JsonDocument.write(patch(profile).path(name));
  }

  private static List<String> keys(ObjectNode patch, String section) {
    List<String> keys = new ArrayList<>();
    patch.path(section).forEach(entry -> keys.add(entry.path("key").textValue()));
    return keys;
  }

  @Property(tries = 1000)
  void normalisingTwiceIsNormalisingOnce(@ForAll long seed) {
    ObjectNode once = Samples.patch(RandomProfiles.of(seed));
    assertThat(JsonDocument.write(Samples.patch(once))).isEqualTo(JsonDocument.write(once));
  }

  @Property(tries = 500)
  void theClientsProfileIsLeftAlone(@ForAll long seed) {
    ObjectNode profile = RandomProfiles.of(seed);
    Samples.patch(profile);
    Samples.missing(profile, "now");
    assertThat(profile).isEqualTo(RandomProfiles.of(seed));
  }

  @Property(tries = 500)
  void theSameProfileGetsTheSameKeysInAnyOrderOfMembers(@ForAll long seed) {
    ObjectNode profile = RandomProfiles.of(seed);
    ObjectNode shuffled = (ObjectNode) shuffle(profile, new Random(seed));
    assertThat(Samples.patch(shuffled)).isEqualTo(Samples.patch(profile));
  }

  private static JsonNode shuffle(JsonNode node, Random random) {
    if (node instanceof ArrayNode array) {
      ArrayNode copy = array.arrayNode();
      array.forEach(element -> copy.add(shuffle(element, random)));
      return copy;
    }
    if (!(node instanceof ObjectNode object)) {
      return node;
    }
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    Collections.shuffle(names, random);
    ObjectNode shuffled = object.objectNode();
    names.forEach(name -> shuffled.set(name, shuffle(object.get(name), random)));
    return shuffled;
  }

  @Test
  void identityAndReadOnlyMembersAreNotStored() {
    ObjectNode patch = Samples.patch(Samples.putResponseData());
    assertThat(Fields.NOT_STORED)
        .contains("id", "key", "reference", "source", "source_key", "archive", "archived_at")
        .contains("updated_at", "version")
        .noneMatch(patch::has);
    assertThat(patch.path("created_at").textValue()).isEqualTo("2020-07-29T11:45:37+0000");
  }

  @Test
  void aCreationDateCannotBeCleared() {
    assertThat(patch("{\"created_at\":null}")).isEmpty();
    assertThat(member("created_at", "{\"created_at\":\"2020\"}")).isEqualTo("\"2020\"");
  }

  @Test
  void absentMembersStayAbsent() {
    assertThat(patch("{}")).isEmpty();
    assertThat(patch("{\"text\":null,\"x\":{\"a\":[1.00,null]}}"))
        .isEqualTo(Samples.json("{\"text\":null,\"x\":{\"a\":[1.00,null]}}"));
  }

  @Test
  void consentIsCompletedWithRefusals() {
    String none = "{\"owner\":" + ALL_FALSE + ",\"controller\":" + ALL_FALSE + "}";
    assertThat(member("consent_algorithmic", "{\"consent_algorithmic\":null}")).isEqualTo(none);
    assertThat(member("consent_algorithmic", "{\"consent_algorithmic\":{}}")).isEqualTo(none);
    assertThat(
            member(
                "consent_algorithmic",
                "{\"consent_algorithmic\":{\"controller\":{\"upskilling\":true,\"scoring\":true}}}"))
        .isEqualTo(
            "{\"owner\":"
                + ALL_FALSE
                + ",\"controller\":"
                + ALL_FALSE
                    .replace("\"scoring\":false", "\"scoring\":true")
                    .replace("}", ",\"upskilling\":true}")
                + "}");
  }

  /** The rules refuse these; should one ever get here, it must not become a consent. */
  @ParameterizedTest
  @ValueSource(strings = {"\"true\"", "1", "null", "{}", "[true]"})
  void onlyTrueIsConsent(String flag) {
    ObjectNode patch = patch("{\"consent_algorithmic\":{\"owner\":{\"searching\":" + flag + "}}}");
    assertThat(patch.at("/consent_algorithmic/owner/searching").booleanValue()).isFalse();
  }

  @Test
  void infoIsCompleted() {
    assertThat(member("info", "{\"info\":null}")).isEqualTo(EMPTY_INFO);
    assertThat(member("info", "{\"info\":{}}")).isEqualTo(EMPTY_INFO);
    assertThat(member("info", "{\"info\":{\"location\":null,\"urls\":null}}"))
        .isEqualTo(EMPTY_INFO);
    assertThat(member("info", "{\"info\":{\"hobby\":{},\"email\":\"a@b\"}}"))
        .isEqualTo(
            EMPTY_INFO
                .replace("\"email\":null", "\"email\":\"a@b\"")
                .replace("\"summary\":null", "\"summary\":null,\"hobby\":{}"));
    assertThat(member("info", "{\"info\":{\"location\":{\"lng\":\"1.50\",\"zip\":0}}}"))
        .contains("\"lng\":\"1.50\",\"gmaps\":null,\"fields\":null,\"zip\":0}");
  }

  @Test
  void urlsKeepTheShapeTheyCameIn() {
    assertThat(member("info", "{\"info\":{\"urls\":[]}}")).contains("\"urls\":[]");
    assertThat(member("info", "{\"info\":{\"urls\":[{\"type\":\"x\"}]}}"))
        .contains("\"urls\":[{\"type\":\"x\"}]");
    assertThat(member("info", "{\"info\":{\"urls\":{\"mine\":\"m\",\"github\":null}}}"))
        .contains("\"urls\":{\"from_resume\":[]")
        .contains("\"github\":null,\"picture\":\"\",\"mine\":\"m\"}");
  }

  @Test
  void experiencesAndEducationsAreCompleted() {
    String rest =
        "\"title\":null,\"description\":null,\"location\":"
            + EMPTY_LOCATION
            + ",\"date_start\":null,\"date_end\":null,\"%s\":null,"
            + "\"certifications\":[],\"courses\":[],\"tasks\":[],\"skills\":[]";
    assertThat(member("experiences", "{\"experiences\":[{\"key\":\"k\"}]}"))
        .isEqualTo("[{" + rest.formatted("company") + ",\"key\":\"k\"}]");
    assertThat(member("educations", "{\"educations\":[{\"x\":1,\"skills\":null,\"key\":\"k\"}]}"))
        .isEqualTo("[{" + rest.formatted("school") + ",\"x\":1,\"key\":\"k\"}]");
  }

  @Test
  void datesAreFlattened() {
    String entries =
        member(
            "experiences",
            """
            {"experiences": [
              {"date_start": {"iso8601": "2016"}, "date_end": "2017"},
              {"date_start": {"iso8601": null}, "date_end": {"year": 2017}}]}
            """);
    assertThat(entries)
        .contains("\"date_start\":\"2016\",\"date_end\":\"2017\"")
        .contains("\"date_start\":null,\"date_end\":null");
  }

  @Test
  void entriesKeepTheirKeysOrGetSome() {
    ObjectNode patch = Samples.patch(Samples.putRequest());
    assertThat(keys(patch, "experiences")).singleElement().asString().matches("[0-9a-f]{40}");
    assertThat(keys(patch("{\"experiences\":[{\"key\":\"mine\"}]}"), "experiences"))
        .containsExactly("mine");
    assertThat(keys(patch("{\"experiences\":[{\"key\":\"\"},{\"key\":null}]}"), "experiences"))
        .doesNotHaveDuplicates()
        .allMatch(key -> key.matches("[0-9a-f]{40}"));
  }

  @Test
  void identicalEntriesGetDifferentKeys() {
    String thousand = "{\"educations\":[{\"a\":1}" + ",{\"a\":1}".repeat(999) + "]}";
    List<String> keys = keys(patch(thousand), "educations");
    assertThat(keys).hasSize(1000).doesNotHaveDuplicates();
    assertThat(keys(patch(thousand), "educations")).isEqualTo(keys);
  }

  /** A client copies an entry of an answer and drops the copy's key. */
  @Test
  void aDerivedKeyIsNeverOneThatAnotherEntryBrings() {
    ObjectNode patch = patch("{\"experiences\":[{\"title\":\"a\"}]}").deepCopy();
    ObjectNode copy = patch.withArray("experiences").get(0).deepCopy();
    copy.remove("key");
    patch.withArray("experiences").insert(0, copy);
    assertThat(keys(Samples.patch(patch), "experiences")).doesNotHaveDuplicates();
  }

  @Test
  void differentContentGetsDifferentKeys() {
    Set<String> keys = new HashSet<>();
    for (String entry :
        List.of("{}", "{\"title\":\"1\"}", "{\"title\":1}", "{\"a\":\"title\"}", "{\"x\":[[]]}")) {
      keys.addAll(keys(patch("{\"experiences\":[" + entry + "]}"), "experiences"));
    }
    assertThat(keys).hasSize(5);
  }

  @ParameterizedTest
  @FieldSource("SECTIONS")
  void nullEmptiesASection(String section) {
    assertThat(member(section, "{\"" + section + "\":null}")).isEqualTo("[]");
  }

  @Test
  void aFirstWriteAddsOnlyWhatIsMissing() {
    ObjectNode sent =
        Samples.json("{\"info\":{},\"text\":\"x\",\"tags\":[{}],\"created_at\":\"2020\"}");
    ObjectNode patch = Samples.patch(sent);
    ObjectNode missing = Samples.missing(sent, "2025-01-01T00:00:00+0000");
    assertThat(patch.fieldNames()).toIterable().noneMatch(missing::has);
    assertThat(missing.fieldNames())
        .toIterable()
        .hasSize(3 + 11)
        .contains("text_language", "experiences_duration", "educations_duration", "experiences")
        .doesNotContain("consent_algorithmic", "info");
    assertThat(
            Samples.missing(Samples.json("{\"created_at\":null}"), "t")
                .path("created_at")
                .textValue())
        .isEqualTo("t");
  }
}
