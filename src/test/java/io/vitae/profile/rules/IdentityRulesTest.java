package io.vitae.profile.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitae.profile.document.Samples;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityRulesTest {
  private static List<String> wrong(String profile) {
    ObjectNode tree = Samples.json(profile);
    return Stream.of(
            IdentityRules.key(tree.path("key"), "/profile/key"),
            IdentityRules.reference(tree.path("reference"), "/profile/reference"))
        .flatMap(Optional::stream)
        .map(v -> v.field() + " " + v.code())
        .toList();
  }

  @Test
  void keysAtAndPastTheirEdge() {
    assertThat(IdentityRules.isKey("A-Za.z0_9:")).isTrue();
    assertThat(IdentityRules.isKey("k".repeat(128))).isTrue();
    assertThat(IdentityRules.isKey("k".repeat(129))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a\n", "\u00e9", "a/b", "\u0000"})
  void notKeys(String text) {
    assertThat(IdentityRules.isKey(text)).isFalse();
  }

  @Test
  void referencesAtAndPastTheirEdge() {
    assertThat(IdentityRules.isReference("CV n\u00b0 1 / \u4f8b")).isTrue();
    assertThat(IdentityRules.isReference("\uD83E\uDDD9".repeat(255))).isTrue();
    assertThat(IdentityRules.isReference("\uD83E\uDDD9".repeat(255) + "a")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\nb", "a\r", "\u0000", "\u007f", "\u0085", "\uD83E", "\uDDD9"})
  void notReferences(String text) {
    assertThat(IdentityRules.isReference(text)).isFalse();
  }

  @Test
  void absentAndNullNameNothing() {
    assertThat(wrong("{}")).isEmpty();
    assertThat(wrong("{\"key\":null,\"reference\":null}")).isEmpty();
    assertThat(wrong("{\"key\":\"k\",\"reference\":\"r\"}")).isEmpty();
  }

  @Test
  void onlyStringsName() {
    assertThat(wrong("{\"key\":1,\"reference\":{}}"))
        .containsExactly("/profile/key invalid_key", "/profile/reference invalid_reference");
  }

  @Test
  void aConflictIsSaidOfWhereTheReferenceStands() {
    assertThat(IdentityRules.conflict("/profile/reference").field())
        .isEqualTo("/profile/reference");
  }
}
