package io.vitae.profile.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitae.json.Extent;
import io.vitae.json.InvalidJsonException.Exceeded;
import io.vitae.json.InvalidJsonException.Limit;
import io.vitae.json.JsonDocument;
import io.vitae.profile.document.Samples;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileRulesTest {
  /** The default limits, on the first day of 2025. */
  static final ProfileRules RULES =
      new ProfileRules(
          new ProfileLimits(32, 1000, 262_144),
          Clock.fixed(Instant.parse("2025-01-01T00:00:00Z"), ZoneOffset.UTC));

  private static final String WIZARD = "\uD83E\uDDD9";

  private static List<Violation> check(String profile) {
    return check(RULES, profile, "");
  }

  /** Whether the extent of a body spares it the walk or not, the same is found. */
  private static List<Violation> check(ProfileRules rules, String profile, String pointer) {
    JsonDocument.Parsed parsed = Samples.parsed(profile);
    List<Violation> found = rules.check(parsed.root(), pointer, parsed.extent());
    assertThat(found).isEqualTo(rules.check(parsed.root(), pointer, Extent.UNKNOWN));
    return found;
  }

  /** What is wrong, as {@code pointer code}. */
  private static List<String> wrong(String profile) {
    return check(profile).stream().map(v -> v.field() + " " + v.code()).toList();
  }

  private static String info(String name, String value) {
    return "{\"info\":{\"" + name + "\":" + value + "}}";
  }

  private static String quoted(String text) {
    return "\"" + text + "\"";
  }

  @Test
  void acceptsThePublishedExample() {
    assertThat(RULES.check(Samples.putRequest(), "", Extent.UNKNOWN)).isEmpty();
    assertThat(RULES.check(Samples.putResponseData(), "", Extent.UNKNOWN)).isEmpty();
    assertThat(RULES.check(Samples.patch(Samples.putRequest()), "", Extent.UNKNOWN)).isEmpty();
  }

  /** One line per rule: a value as JSON, where it goes, and what is said of it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/consent_algorithmic | [] | /consent_algorithmic | invalid_type",
        "/consent_algorithmic | {\"ownr\":{}} | /consent_algorithmic/ownr | unknown_field",
        "/consent_algorithmic | {\"owner\":null} | /consent_algorithmic/owner | invalid_type",
        "/consent_algorithmic/owner | {\"a/b~\":true} | /consent_algorithmic/owner/a~1b~0 | unknown_field",
        "/consent_algorithmic/owner/searching | \"true\" | /consent_algorithmic/owner/searching | invalid_type",
        "/consent_algorithmic/owner/searching | 1 | /consent_algorithmic/owner/searching | invalid_type",
        "/consent_algorithmic/controller/scoring | null | /consent_algorithmic/controller/scoring | invalid_type",
        "/consent_algorithmic/owner/upskilling | 0 | /consent_algorithmic/owner/upskilling | invalid_type",
        "/info | [] | /info | invalid_type",
        "/info/full_name | 1 | /info/full_name | invalid_type",
        "/info/email | true | /info/email | invalid_type",
        "/info/email | \"nobody\" | /info/email | invalid_email",
        "/info/phone | 33123 | /info/phone | invalid_type",
        "/info/date_birth | 1990 | /info/date_birth | invalid_type",
        "/info/date_birth | \"1990-02-29\" | /info/date_birth | invalid_date",
        "/info/date_birth | \"2025-01-02\" | /info/date_birth | date_in_future",
        "/info/date_birth | \"2025-01-01T00:00:00-00:01\" | /info/date_birth | date_in_future",
        "/info/gender | \"Male\" | /info/gender | invalid_value",
        "/info/gender | 1 | /info/gender | invalid_value",
        "/info/picture | {} | /info/picture | invalid_type",
        "/info/summary | [] | /info/summary | invalid_type",
        "/info/location | \"Paris\" | /info/location | invalid_type",
        "/info/location/text | 1 | /info/location/text | invalid_type",
        "/info/location/lat | 90.0001 | /info/location/lat | out_of_range",
        "/info/location/lat | \"-90.1\" | /info/location/lat | out_of_range",
        "/info/location/lat | \"lat\" | /info/location/lat | invalid_type",
        "/info/location/lat | true | /info/location/lat | invalid_type",
        "/info/location/lng | -181 | /info/location/lng | out_of_range",
        "/info/location/lng | \"180.01\" | /info/location/lng | out_of_range",
        "/info/location/fields | [1] | /info/location/fields | invalid_type",
        "/info/urls | \"x\" | /info/urls | invalid_type",
        "/info/urls | {\"from_resume\":\"x\"} | /info/urls/from_resume | invalid_type",
        "/info/urls | {\"mine\":1} | /info/urls/mine | invalid_type",
        "/info/urls | [{},\"x\"] | /info/urls/1 | invalid_type",
        "/info/urls | [{\"type\":1}] | /info/urls/0/type | invalid_type",
        "/info/urls | [{\"url\":1}] | /info/urls/0/url | invalid_type",
        "/text | 1 | /text | invalid_type",
        "/text_language | \"EN\" | /text_language | invalid_value",
        "/text_language | \"xx\" | /text_language | invalid_value",
        "/text_language | 1 | /text_language | invalid_type",
        "/experiences_duration | -0.1 | /experiences_duration | out_of_range",
        "/educations_duration | \"5\" | /educations_duration | invalid_type",
        "/created_at | \"yesterday\" | /created_at | invalid_date",
        "/created_at | 0 | /created_at | invalid_type",
        "/skills | {} | /skills | invalid_type",
        "/skills | [{},null] | /skills/1 | invalid_type",
        "/skills | [{\"name\":null}] | /skills/0/name | invalid_type",
        "/skills | [{\"value\":{}}] | /skills/0/value | invalid_type",
        "/skills | [{\"type\":\"medium\"}] | /skills/0/type | invalid_value",
        "/labels | [{\"stage\":\"maybe\"}] | /labels/0/stage | invalid_value",
        "/experiences | [{\"key\":1}] | /experiences/0/key | invalid_type",
        "/experiences | [{\"title\":1}] | /experiences/0/title | invalid_type",
        "/experiences | [{\"company\":1}] | /experiences/0/company | invalid_type",
        "/educations | [{\"school\":1}] | /educations/0/school | invalid_type",
        "/educations | [{\"description\":1}] | /educations/0/description | invalid_type",
        "/experiences | [{\"location\":[]}] | /experiences/0/location | invalid_type",
        "/experiences | [{\"date_start\":1}] | /experiences/0/date_start | invalid_type",
        "/experiences | [{\"date_end\":{\"iso8601\":1}}] | /experiences/0/date_end/iso8601 | invalid_type",
        "/experiences | [{\"tasks\":{}}] | /experiences/0/tasks | invalid_type",
        "/educations | [{\"skills\":[{\"type\":1}]}] | /educations/0/skills/0/type | invalid_value",
        "/x | \"\\u0000\" | /x | invalid_character",
        "/x | [[\"\\ud800\"]] | /x/0/0 | invalid_character",
        "/x | \"\\udc00\\ud800\" | /x | invalid_character",
        "/x | {\"\\u0000\":1} | /x | invalid_character",
        "/x | {\"\\u0000\":{\"a\":1e400}} | /x | invalid_character",
        "/x | 1e400 | /x | number_out_of_range",
        "/x | [-1e400] | /x/0 | number_out_of_range",
        "/x | 1e-400 | /x | number_out_of_range",
        "/x | 0e-1001 | /x | number_out_of_range",
        "/x | 1.8e308 | /x | number_out_of_range"
      })
  void refuses(String place, String value, String field, String code) {
    String[] steps = place.substring(1).split("/");
    StringBuilder profile = new StringBuilder();
    Arrays.stream(steps).forEach(step -> profile.append("{\"").append(step).append("\":"));
    profile.append(value).append("}".repeat(steps.length));
    assertThat(wrong(profile.toString())).containsExactly(field + " " + code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"consent_algorithmic\":null,\"info\":null,\"text\":null,\"created_at\":null}",
        "{\"consent_algorithmic\":{\"owner\":{\"upskilling\":true}}}",
        "{\"text_language\":\"en\",\"experiences_duration\":0,\"educations_duration\":1.50}",
        "{\"text_language\":null,\"skills\":null,\"tags\":[{\"name\":\"\",\"value\":1.5}]}",
        "{\"info\":{\"location\":{\"lat\":\"+089.5\",\"lng\":-180,\"fields\":[],\"gmaps\":[1]}}}",
        "{\"info\":{\"location\":{\"lat\":90.000,\"lng\":\"-180.0\",\"fields\":{\"x\":1}}}}",
        "{\"info\":{\"urls\":{\"from_resume\":null,\"mine\":null,\"x\":\"\"}}}",
        "{\"info\":{\"urls\":[{\"type\":null,\"url\":\"x\",\"y\":{}}]}}",
        "{\"experiences\":[{\"location\":{\"lat\":\"lat\",\"text\":1},\"date_end\":{}}]}",
        "{\"experiences\":[{\"date_start\":\"long ago\",\"skills\":null}]}",
        "{\"labels\":[{\"stage\":null},{\"stage\":\"later\"}],\"skills\":[{\"type\":null}]}",
        "{\"x\":[1.7976931348623157e308,4.9e-324,0e-999,0e999,12345678901234567890123]}",
        "{\"x\":\"\\ud83e\\uddd9\",\"\":{\"\\ud83e\\uddd9\":null}}",
        "{\"id\":{},\"source\":\"\\u0000\",\"archive\":1e400,\"version\":[],\"updated_at\":1}"
      })
  void accepts(String profile) {
    assertThat(wrong(profile)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "full_name, 255",
    "first_name, 255",
    "last_name, 255",
    "phone, 64",
    "picture, 2048",
    "summary, 65536"
  })
  void lengthsAreInCodePoints(String name, int max) {
    String longest = WIZARD.repeat(max);
    assertThat(wrong(info(name, quoted(longest)))).isEmpty();
    assertThat(wrong(info(name, quoted(longest + "a"))))
        .containsExactly("/info/" + name + " too_long");
  }

  @Test
  void entryKeysAreBounded() {
    String longest = WIZARD.repeat(128);
    assertThat(wrong("{\"educations\":[{\"key\":\"" + longest + "\"}]}")).isEmpty();
    assertThat(wrong("{\"educations\":[{\"key\":\"" + longest + "a\"}]}"))
        .containsExactly("/educations/0/key too_long");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a@b",
        "harry.potter@gmail.com",
        "a+b@x-y_z.example",
        "\u7528\u6237@\u4f8b\u5b50.\u516c\u53f8",
        WIZARD + "@b"
      })
  void plausibleAddresses(String email) {
    assertThat(wrong(info("email", quoted(email)))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "@",
        "a@",
        "@b",
        "a@@b",
        "a@b@c",
        "a b@c",
        "a@b c",
        "a@.b",
        "a@b.",
        "a@b..c",
        "a@b,c",
        "a@b\\n",
        "a\u00a0@b",
        "a\u0085@b",
        "<a@b>",
        "mailto:a@b",
        "a@[127.0.0.1]"
      })
  void implausibleAddresses(String email) {
    assertThat(wrong(info("email", quoted(email)))).containsExactly("/info/email invalid_email");
  }

  @Test
  void addressesAreBounded() {
    assertThat(wrong(info("email", quoted("a".repeat(252) + "@b")))).isEmpty();
    assertThat(wrong(info("email", quoted(WIZARD.repeat(252) + "@b")))).isEmpty();
    assertThat(wrong(info("email", quoted("a".repeat(253) + "@b"))))
        .containsExactly("/info/email too_long");
  }

  @ParameterizedTest
  @CsvSource({
    "1990-08-09, 1990-08-09T00:00Z",
    "1990-08-09T10:30, 1990-08-09T10:30Z",
    "1990-08-09T23:59:59, 1990-08-09T23:59:59Z",
    "1990-08-09T10:30:15, 1990-08-09T10:30:15Z",
    "1990-08-09T10:30:15.5, 1990-08-09T10:30:15.5Z",
    "1990-08-09T10:30:15.123456789Z, 1990-08-09T10:30:15.123456789Z",
    "1990-08-09T00:00:00+0000, 1990-08-09T00:00Z",
    "1990-08-09T00:00:00-01:30, 1990-08-09T00:00-01:30",
    "1990-08-09T00:00:00+17, 1990-08-09T00:00+17:00",
    "1992-02-29, 1992-02-29T00:00Z",
    "2000-02-29, 2000-02-29T00:00Z",
    "0001-01-01, 0001-01-01T00:00Z"
  })
  void isoDates(String text, String meaning) {
    assertThat(IsoDateTime.parse(text)).hasValue(OffsetDateTime.parse(meaning));
    assertThat(IsoDateTime.parseLenient(text.replace('T', ' ')))
        .hasValue(OffsetDateTime.parse(meaning));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1990",
        "1990-08",
        "1990-8-9",
        "19900809",
        "90-08-09",
        "09/08/1990",
        "1990-00-09",
        "1990-13-09",
        "1990-04-31",
        "1990-08-00",
        "1900-02-29",
        "0000-01-01",
        "+1990-08-09",
        "1990-08-09Z",
        "1990-08-09T",
        "1990-08-09T10",
        "1990-08-09T24:00",
        "1990-08-09T10:60",
        "1990-08-09T10:30:60",
        "1990-08-09T10:30:",
        "1990-08-09T10:30:15.",
        "1990-08-09T10:30:15.1234567890",
        "1990-08-09T10:30:15z",
        "1990-08-09T10:30:15+",
        "1990-08-09T10:30:15+1",
        "1990-08-09T10:30:15+01:",
        "1990-08-09T10:30:15+01:60",
        "1990-08-09T10:30:15+18",
        "1990-08-09T10:30:15Z ",
        "1990-08-09t10:30:15",
        "\uff11990-08-09"
      })
  void notIsoDates(String text) {
    assertThat(IsoDateTime.parse(text)).isEmpty();
    assertThat(IsoDateTime.parseLenient(text)).isEmpty();
  }

  @Test
  void onlyACreationDateMayHaveASpace() {
    assertThat(wrong("{\"created_at\":\"2990-08-09 10:30\"}")).isEmpty();
    assertThat(wrong(info("date_birth", quoted("1990-08-09 10:30"))))
        .containsExactly("/info/date_birth invalid_date");
    assertThat(wrong(info("date_birth", quoted("2025-01-01")))).isEmpty();
  }

  @Test
  void languageCodesAreThoseOfJavaWithoutTheRetired() {
    Set<String> retired = Set.of("bh", "in", "iw", "ji", "mo", "sh");
    Set<String> ours = new TreeSet<>();
    for (char a = 'a'; a <= 'z'; a++) {
      for (char b = 'a'; b <= 'z'; b++) {
        String code = "" + a + b;
        if (LanguageCodes.contains(code)) {
          ours.add(code);
        }
      }
    }
    Set<String> javas = new TreeSet<>(List.of(Locale.getISOLanguages()));
    javas.removeAll(retired);
    assertThat(ours).isEqualTo(javas);
  }

  @Test
  void limitsAtAndPastTheirEdge() {
    ProfileRules small = new ProfileRules(new ProfileLimits(3, 2, 4), Clock.systemUTC());
    assertThat(check(small, "{\"x\":[[1,2]],\"y\":\"" + WIZARD.repeat(4) + "\"}", "")).isEmpty();
    assertThat(check(small, "{\"x\":[[[]],{\"a\":{}}],\"y\":[\"12345\",[1,2,3]]}", "/p"))
        .extracting(v -> v.field() + " " + v.code())
        .containsExactly(
            "/p/x/0/0 too_deep", "/p/x/1/a too_deep", "/p/y/0 too_long", "/p/y/1 too_many_entries");
  }

  /** A document that is within all limits but one must not be taken for one within all. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"x\":[[[]]]}  | /x/0/0 too_deep",
        "{\"x\":\"1234567\"} | /x too_long",
        "{\"x\":[1,2,3]} | /x too_many_entries",
        "{\"x\":1e400}   | /x number_out_of_range",
        "{\"x\":\"\\u0000\"} | /x invalid_character",
      })
  void eachLimitCountsByItself(String profile, String wrong) {
    ProfileRules small = new ProfileRules(new ProfileLimits(3, 2, 6), Clock.systemUTC());
    assertThat(check(small, profile, ""))
        .extracting(v -> v.field() + " " + v.code())
        .containsExactly(wrong);
  }

  @Test
  void memberNamesAreBounded() {
    String longest = WIZARD.repeat(255);
    assertThat(wrong("{\"x\":{\"" + longest + "\":1}}")).isEmpty();
    assertThat(wrong("{\"x\":{\"" + longest + "n\":1}}")).containsExactly("/x too_long");
    assertThat(wrong("{\"consent_algorithmic\":{\"" + longest + "n\":{}}}"))
        .containsExactly("/consent_algorithmic too_long", "/consent_algorithmic unknown_field");
  }

  @Test
  void writtenOutNumbersAreBounded() {
    String digits = "1".repeat(TreeLimits.MAX_DIGITS - 1);
    assertThat(wrong("{\"x\":0." + digits + "}")).isEmpty();
    assertThat(wrong("{\"x\":0." + digits + "1}")).containsExactly("/x number_out_of_range");
    // 1e300 adds 300 digits: 333 of them stay under 100,000.
    String some = "1e300" + ",1e300".repeat(332);
    assertThat(wrong("{\"x\":[" + some + "]}")).isEmpty();
    assertThat(wrong("{\"x\":[" + some + ",1e300]}")).containsExactly("/x/333 number_out_of_range");
  }

  @Test
  void allViolationsAtOnceInAFixedOrderUpToFifty() {
    assertThat(wrong("{\"skills\":1,\"info\":{\"phone\":1,\"email\":1},\"x\":\"\\u0000\"}"))
        .containsExactly(
            "/x invalid_character",
            "/info/email invalid_type",
            "/info/phone invalid_type",
            "/skills invalid_type");
    assertThat(check("{\"skills\":[1" + ",1".repeat(500) + "],\"info\":1}")).hasSize(50);
    assertThat(check("{\"x\":[1e400" + ",1e400".repeat(500) + "],\"info\":1}")).hasSize(50);
  }

  @Test
  void pointersStartAtTheBase() {
    ObjectNode profile = Samples.json("{\"info\":{\"email\":\"x\"}}");
    assertThat(RULES.check(profile, "/profile", Extent.UNKNOWN))
        .singleElement()
        .isEqualTo(
            new Violation(
                "/profile/info/email",
                "invalid_email",
                "must be null, empty or an e-mail address"));
    assertThat(ProfileRules.infoRequired("/profile"))
        .isEqualTo(
            new Violation("/profile/info", "required", "is required when a profile is created"));
  }

  @Test
  void messagesNeverQuoteTheValue() {
    String canary = "\"canary\"";
    String profile =
        """
        {"info": {"email": %1$s, "gender": %1$s, "date_birth": %1$s, "urls": %1$s,
          "location": {"lat": %1$s, "fields": %1$s}},
         "consent_algorithmic": {"owner": {"parsing": %1$s}}, "text_language": %1$s,
         "created_at": %1$s, "experiences_duration": %1$s, "skills": [{"type": %1$s}]}
        """
            .formatted(canary);
    assertThat(check(profile)).hasSize(11).noneMatch(v -> v.toString().contains("canary"));
  }

  @Test
  void parserLimitsAreViolationsToo() {
    assertThat(Violation.of(new Exceeded(Limit.DEPTH, "/a")).code()).isEqualTo("too_deep");
    assertThat(Violation.of(new Exceeded(Limit.NUMBER, "/a")).code())
        .isEqualTo("number_out_of_range");
  }

  @Test
  void limitsMustLeaveRoomForAProfile() {
    for (int[] limits : new int[][] {{0, 1, 1}, {1, 0, 1}, {1, 1, 0}}) {
      org.assertj.core.api.Assertions.assertThatIllegalArgumentException()
          .isThrownBy(() -> new ProfileLimits(limits[0], limits[1], limits[2]));
    }
  }
}
