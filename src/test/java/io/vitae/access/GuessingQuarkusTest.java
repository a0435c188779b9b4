package io.vitae.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vitae.testing.Answer;
import io.vitae.testing.Api;
import io.vitae.testing.CautiousSettings;
import io.vitae.testing.PostgresResource;
import io.vitae.testing.TestWorkspace;
import org.junit.jupiter.api.Test;

/** Whoever guesses keys is told to come back later, and nobody else is. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@TestProfile(CautiousSettings.class)
class GuessingQuarkusTest {
  @Test
  void guessesEndAndGoodKeysGoOn() {
    TestWorkspace workspace = TestWorkspace.create();
    Api good = Api.of(workspace);
    assertThat(good.fetch("/v1/auth").status()).isEqualTo(200);

    // The same beginning, as somebody would try who has seen it.
    String start = workspace.allKey().substring(0, "ask_".length() + 8);
    Answer answer = null;
    for (int i = 0; i <= 10; i++) {
      answer = Api.with(start + TestWorkspace.hex(24), "").fetch("/v1/auth");
      assertThat(answer.status()).isEqualTo(i < 10 ? 401 : 429);
    }

    answer.failed(429, "Too many requests");
    assertThat(answer.headers().firstValue("Retry-After")).contains("60");
    assertThat(good.fetch("/v1/auth").status()).isEqualTo(200);
  }
}
