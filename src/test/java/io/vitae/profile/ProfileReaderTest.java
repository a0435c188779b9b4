package io.vitae.profile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.vitae.wire.ApiException;
import io.vitae.wire.ErrorCode;
import io.vitae.wire.LimitsConfig;
import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Test;

/** What is left of a body when it has been read. */
class ProfileReaderTest {
  private static final String BODY =
      """
      {"source_key": "s", "key": "k", "reference": "r", "created_at": "2026-01-02T03:04:05Z",
       "info": {"full_name": "Ada", "location": {"text": "London", "lat": 51.5}},
       "consent_algorithmic": {"owner": {"searching": true}},
       "experiences": [{"title": "Analyst", "unknown": {"a": [1, 2]}}], "other": {"b": "c"}}""";

  private final ProfileReader reader =
      new ProfileReader(
          new SmallRyeConfigBuilder()
              .addDiscoveredConverters()
              .withMapping(LimitsConfig.class)
              .build()
              .getConfigMapping(LimitsConfig.class));

  /** Every string of a tree refers to the body, so what holds on to the tree holds on to both. */
  @Test
  void aReadingKeepsNothingOfTheBody() {
    byte[][] body = {BODY.getBytes(UTF_8)};
    WeakReference<byte[]> kept = new WeakReference<>(body[0]);
    ProfileReader.Reading reading = reader.readPut(body[0]);
    body[0] = null;

    for (int i = 0; i < 50 && kept.get() != null; i++) {
      System.gc();
    }
    assertThat(kept.get()).isNull();
    assertThat(reading.draft().patch().length()).isPositive();
    assertThat(reading.draft().reference()).isEqualTo("r");
  }

  @Test
  void aBrokenRuleIsToldWhenTheSourceIsKnown() {
    ProfileReader.Reading reading = reader.readPut(BODY.replace("\"Ada\"", "7").getBytes(UTF_8));

    assertThat(reading.sourceKey()).isEqualTo("s");
    assertThatThrownBy(reading::draft)
        .isInstanceOfSatisfying(
            ApiException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_PROFILE));
  }

  @Test
  void withoutASourceThereIsNothingToRead() {
    byte[] body = BODY.replace("source_key", "source_kex").getBytes(UTF_8);

    assertThatThrownBy(() -> reader.readPut(body))
        .isInstanceOfSatisfying(
            ApiException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_SOURCE));
  }
}
