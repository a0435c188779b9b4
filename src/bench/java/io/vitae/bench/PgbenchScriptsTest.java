package io.vitae.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitae.profile.store.ShippedWrite;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PgbenchScriptsTest {
  @Test
  void everyParameterOfTheShippedWriteIsReplaced() {
    assertThat(PgbenchScripts.shippedWrite()).doesNotContain("$").contains("UPDATE profile");
  }

  @Test
  void theShippedWriteSaysWhatEachParameterIs() {
    long most =
        Pattern.compile("\\$(\\d+)")
            .matcher(ShippedWrite.sql())
            .results()
            .mapToLong(match -> Long.parseLong(match.group(1)))
            .max()
            .orElse(0);

    assertThat(ShippedWrite.parameters()).hasSize((int) most);
  }
}
