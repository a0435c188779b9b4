package io.vitae.profile.rules;

import static io.vitae.profile.rules.ViolationCode.DATE_IN_FUTURE;
import static io.vitae.profile.rules.ViolationCode.INVALID_CHARACTER;
import static io.vitae.profile.rules.ViolationCode.NUMBER_OUT_OF_RANGE;
import static io.vitae.profile.rules.ViolationCode.TOO_DEEP;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import io.vitae.json.Extent;
import io.vitae.json.JsonDocument;
import io.vitae.profile.document.RandomProfiles;
import io.vitae.profile.document.Samples;
import io.vitae.testing.OpenApi;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The published JSON Schema and the rules say the same of every profile. */
class SchemaAgreementTest {
  /** All that JSON Schema cannot say, or not without a schema per level of nesting. */
  private static final Set<ViolationCode> NOT_IN_SCHEMA =
      Set.of(DATE_IN_FUTURE, INVALID_CHARACTER, NUMBER_OUT_OF_RANGE, TOO_DEEP);

  private static final JsonNode OPENAPI = OpenApi.DOCUMENT;
  private static final JsonSchema PROFILE_WRITE = schema("ProfileWrite");
  private static final JsonSchema PROFILE = schema("Profile");

  @Property(tries = 6000)
  void schemaAndRulesAgree(@ForAll long seed) {
    ObjectNode profile = RandomProfiles.of(seed);
    List<Violation> violations = violations(profile);
    boolean schemaShouldAccept = violations.stream().allMatch(SchemaAgreementTest::isNotInSchema);

    assertThat(PROFILE_WRITE.validate(profile))
        .as("%s: what the schema says; the rules say %s", profile, violations)
        .satisfies(messages -> assertThat(messages.isEmpty()).isEqualTo(schemaShouldAccept));
  }

  /** Otherwise the property above would hold for want of examples. */
  @Test
  void randomProfilesAreValidAndInvalidInManyWays() {
    List<List<Violation>> found =
        LongStream.range(0, 3000).mapToObj(RandomProfiles::of).map(this::violations).toList();
    assertThat(found.stream().filter(List::isEmpty).count()).isBetween(500L, 2500L);
    assertThat(found.stream().flatMap(List::stream).map(Violation::code))
        .contains(
            Stream.of(ViolationCode.values())
                .filter(
                    code ->
                        !Set.of(TOO_DEEP, INVALID_CHARACTER, NUMBER_OUT_OF_RANGE).contains(code))
                .filter(code -> code != ViolationCode.REQUIRED)
                .filter(code -> code != ViolationCode.IDENTITY_CONFLICT)
                .map(ViolationCode::wireName)
                .toArray(String[]::new));
  }

  /** GET, then PUT: what is answered for an accepted profile is accepted again and the same. */
  @Property(tries = 2000)
  void answersAreAccepted(@ForAll long seed) {
    ObjectNode profile = RandomProfiles.of(seed);
    if (!violations(profile).isEmpty()) {
      return;
    }
    ObjectNode patch = Samples.patch(profile);
    ObjectNode complete = patch.deepCopy();
    complete.setAll(Samples.missing(profile, "2025-01-01T00:00:00+0000"));
    // Through text, as the database keeps it: 1e2 is 100 from then on.
    ObjectNode stored = Samples.json(JsonDocument.write(complete));
    ObjectNode answer = stored.deepCopy().setAll(readOnlyMembers());

    assertThat(violations(answer)).isEmpty();
    assertThat(PROFILE_WRITE.validate(answer)).isEmpty();
    assertThat(Samples.patch(answer)).isEqualTo(stored);
    if (stored.has("info")) {
      assertThat(PROFILE.validate(answer)).isEmpty();
    }
  }

  @Test
  void publishedExampleIsThePublishedRequest() {
    ObjectNode example =
        (ObjectNode)
            OPENAPI.at(
                "/paths/~1v1~1profile~1indexing/put/requestBody/content/application~1json"
                    + "/examples/published/value");
    example = example.deepCopy().without(List.of("source_key", "reference"));
    assertThat(Samples.json(JsonDocument.write(example))).isEqualTo(Samples.putRequest());
  }

  @Test
  void publishedCodesAreTheCodes() {
    List<String> published = new ArrayList<>();
    OPENAPI
        .at("/components/schemas/Violation/properties/code/enum")
        .forEach(code -> published.add(code.textValue()));
    assertThat(published)
        .containsExactlyElementsOf(
            Stream.of(ViolationCode.values()).map(ViolationCode::wireName).toList());
  }

  private List<Violation> violations(ObjectNode profile) {
    List<Violation> violations =
        new ArrayList<>(ProfileRulesTest.RULES.check(profile, "", Extent.UNKNOWN));
    IdentityRules.key(profile.path("key"), "/key").ifPresent(violations::add);
    IdentityRules.reference(profile.path("reference"), "/reference").ifPresent(violations::add);
    return violations;
  }

  private static boolean isNotInSchema(Violation violation) {
    return NOT_IN_SCHEMA.stream().anyMatch(code -> code.wireName().equals(violation.code()));
  }

  private static ObjectNode readOnlyMembers() {
    return Samples.json(
        """
        {"id": 1, "key": "k", "reference": null, "source_key": "s",
         "source": {"id": 1, "key": "s", "name": "n", "type": "api", "subtype": null},
         "archive": null, "archived_at": null, "updated_at": "2025-01-01T00:00:00+0000"}
        """);
  }

  private static JsonSchema schema(String name) {
    return OpenApi.schema("/components/schemas/" + name);
  }
}
