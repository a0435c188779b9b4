package io.vitae.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitae.json.Extent;
import io.vitae.json.JsonDocument;
import io.vitae.profile.rules.ProfileLimits;
import io.vitae.profile.rules.ProfileRules;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProfilesTest {
  private static final int MANY = 3_000;
  private static final Profiles PROFILES = Dataset.PROFILES;

  /** What search words are made of: the members that {@code vitae_worded} names. */
  private static final List<String> WORDED =
      List.of(
          "/text",
          "/info/summary",
          "/experiences",
          "/educations",
          "/skills",
          "/languages",
          "/interests",
          "/tags",
          "/labels");

  @Test
  void theSameNumberGivesTheSameProfile() {
    assertThat(text(PROFILES.whole(17, 5, 6)))
        .isEqualTo(text(new Profiles(Settings.SEED, Dataset.SOURCE_KEY).whole(17, 5, 6)));
  }

  @Test
  void anotherNumberOrSeedGivesAnotherProfile() {
    JsonNode info = PROFILES.whole(17, 0, 0).get("info");

    assertThat(PROFILES.whole(18, 0, 0).get("info")).isNotEqualTo(info);
    assertThat(new Profiles(1, Dataset.SOURCE_KEY).whole(17, 0, 0).get("info")).isNotEqualTo(info);
  }

  @Test
  void allKeepTheRules() {
    ProfileRules rules = new ProfileRules(new ProfileLimits(32, 1_000, 262_144), Clock.systemUTC());

    for (int number = 1; number <= MANY; number++) {
      assertThat(rules.check(PROFILES.whole(number, 1, 1), "", Extent.UNKNOWN)).isEmpty();
    }
  }

  @Test
  void sizesAreThoseOfRealProfiles() {
    int[] sizes =
        IntStream.rangeClosed(1, MANY)
            .map(
                number ->
                    text(PROFILES.whole(number, 1, 1)).getBytes(StandardCharsets.UTF_8).length)
            .sorted()
            .toArray();

    assertThat(sizes[0]).isBetween(2_000, 3_000);
    assertThat(sizes[MANY / 2]).isBetween(6_300, 6_900);
    assertThat(sizes[MANY - 1]).isBetween(11_000, 12_288);
  }

  @Test
  void consentIsVaried() {
    long distinct =
        IntStream.rangeClosed(1, MANY)
            .mapToObj(number -> PROFILES.whole(number, 0, 0).path("consent_algorithmic"))
            .distinct()
            .count();

    assertThat(distinct).isGreaterThan(MANY / 5);
  }

  @Test
  void aRevisionStandsInOnePlaceAndTouchesNoWord() {
    // Many, and with more digits: so that it shows when the text makes room for them.
    for (int number = 1; number <= 100; number++) {
      ObjectNode before = PROFILES.whole(number, 1, 0);
      ObjectNode after = PROFILES.whole(number, 1_000_000_000_000L, 0);

      assertThat(after.at("/metadatas/0/value").asLong()).isEqualTo(1_000_000_000_000L);
      assertThat(WORDED)
          .allSatisfy(member -> assertThat(after.at(member)).isEqualTo(before.at(member)));
      after.set("metadatas", before.get("metadatas"));
      assertThat(after).isEqualTo(before);
    }
  }

  @Test
  void aRevisionOfTheTextChangesTheTextAlone() {
    ObjectNode before = PROFILES.whole(17, 0, 1);
    ObjectNode after = PROFILES.whole(17, 0, 2);

    assertThat(after.get("text").textValue()).endsWith(" #2");
    after.set("text", before.get("text"));
    assertThat(after).isEqualTo(before);
  }

  @Test
  void aProfileToCreateHasItsRevisionInItsReference() {
    assertThat(PROFILES.created(17, 5).get("reference").textValue()).isEqualTo("cv-new-5");
    assertThat(PROFILES.created(17, 5).has("key")).isFalse();
  }

  @Test
  void splicedIsTheSameAsMade() {
    for (int number = 1; number <= 200; number++) {
      Spliced spliced = Spliced.of(PROFILES.whole(number, Spliced.PLACE, 0));

      assertThat(spliced.with(1_234_567_890L))
          .isEqualTo(text(PROFILES.whole(number, 1_234_567_890L, 0)));
    }
  }

  @Test
  void aPlaceForARevisionMustBeUnmistakable() {
    assertThatIllegalArgumentException().isThrownBy(() -> Spliced.of(PROFILES.whole(1, 0, 0)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Spliced.of(PROFILES.whole(1, Spliced.PLACE, Spliced.PLACE)));
  }

  @Test
  void keysLookLikeTheServersOwn() {
    String[] keys = IntStream.rangeClosed(1, MANY).mapToObj(Profiles::key).toArray(String[]::new);

    assertThat(keys).allMatch(key -> key.matches("[0-9a-f]{40}"));
    assertThat(Arrays.stream(keys).distinct()).hasSize(MANY);
    // SELECT left(encode(sha256('17'::bytea), 'hex'), 40)
    assertThat(Profiles.key(17)).isEqualTo("4523540f1504cd17100c4835e85b7eefd4991158");
  }

  private static String text(ObjectNode profile) {
    return JsonDocument.write(profile);
  }
}
