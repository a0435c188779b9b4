package io.vitae.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** {@code ./mvnw} takes an archive for which it has a checksum, with unzip and without. */
class MavenWrapperTest {
  private static final String CHECKSUM = "[0-9a-f]{64}";

  @Test
  void bothArchivesHaveAChecksum() throws IOException {
    Properties wrapper = new Properties();
    try (Reader reader =
        Files.newBufferedReader(Path.of(".mvn/wrapper/maven-wrapper.properties"))) {
      wrapper.load(reader);
    }
    assertThat(wrapper.getProperty("distributionUrl")).endsWith("-bin.zip");
    assertThat(wrapper.getProperty("distributionSha256Sum")).matches(CHECKSUM);
    assertThat(wrapper.getProperty("distributionTarSha256Sum"))
        .matches(CHECKSUM)
        .isNotEqualTo(wrapper.getProperty("distributionSha256Sum"));
  }

  /** A newly generated script does not: it holds the .tar.gz to the checksum of the .zip. */
  @Test
  void theScriptKnowsBoth() throws IOException {
    assertThat(Files.readString(Path.of("mvnw")))
        .containsSubsequence(
            "if ! command -v unzip",
            ".tar.gz\"",
            "distributionSha256Sum=\"${distributionTarSha256Sum-}\"",
            "\nfi\n");
  }
}
