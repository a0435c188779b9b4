package io.vitae.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorCodeTest {
  private static final Pattern ROW =
      Pattern.compile("^\\| *`([A-Z_]+)` *\\| *([0-9]{3}) *\\| *`([^`]+)` *\\|", Pattern.MULTILINE);

  @ParameterizedTest
  @EnumSource
  void isAnErrorWithAMessage(ErrorCode code) {
    assertThat(code.status()).isBetween(400, 599);
    assertThat(code.message()).isNotBlank();
    assertThat(code.message().replaceFirst("%s", "")).doesNotContain("%");
  }

  @ParameterizedTest
  @EnumSource
  void onlyAnObjectThatDoesNotExistIsSaidNotToBeFound(ErrorCode code) {
    // HrFlow's clients search for these words in any message.
    assertThat(code.message().contains("Unable to find object"))
        .isEqualTo(
            Set.of(ErrorCode.UNKNOWN_PROFILE, ErrorCode.UNKNOWN_SOURCE, ErrorCode.UNKNOWN_API_KEY)
                .contains(code));
  }

  @Test
  void theReadmeHasThemAll() throws IOException {
    List<String> documented =
        ROW.matcher(section(Files.readString(Path.of("README.md"))))
            .results()
            .map(ErrorCodeTest::row)
            .toList();

    assertThat(documented)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(ErrorCode.values())
                .map(code -> code.name() + " " + code.status() + " " + code.message())
                .toList());
  }

  private static String row(MatchResult row) {
    return row.group(1) + " " + row.group(2) + " " + row.group(3).replaceAll("<[a-z_ ]+>", "%s");
  }

  private static String section(String readme) {
    String heading = "\n## Errors\n";
    assertThat(readme).contains(heading);
    return readme.substring(readme.indexOf(heading) + heading.length()).split("\n## ", 2)[0];
  }
}
