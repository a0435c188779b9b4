package io.vitae.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

@QuarkusIntegrationTest
class ObservabilityIT extends ObservabilityQuarkusTest {
  private static final Pattern LISTENING =
      Pattern.compile("Management interface listening on (http://[0-9.:]+)\\.");

  /** Only the log tells which free port the packaged application took. */
  @Override
  URI management() {
    try {
      Matcher matcher = LISTENING.matcher(Files.readString(Path.of("target", "quarkus.log")));
      assertThat(matcher.find()).isTrue();
      return URI.create(matcher.group(1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
