package io.vitae.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** A time is shown by itself, whatever was shown before. */
class ServerTimeTest {
  private static final DateTimeFormatter PUBLISHED =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxxx", Locale.ROOT);

  @Test
  void hasThePublishedForm() {
    assertThat(ServerTime.format(OffsetDateTime.parse("2020-07-29T13:45:37.999999+02:00")))
        .isEqualTo("2020-07-29T11:45:37+0000");
  }

  /** Few seconds, so that many follow one of their own. */
  @Property
  void eachIsShown(
      @ForAll @Size(max = 20) List<@LongRange(min = -1, max = 2) Long> seconds,
      @ForAll @IntRange(min = -18, max = 18) int hours,
      @ForAll @IntRange(max = 999_999_999) int nanos) {
    for (long second : seconds) {
      Instant instant = Instant.ofEpochSecond(second, nanos);
      OffsetDateTime time = instant.atOffset(ZoneOffset.ofHours(hours));

      assertThat(ServerTime.format(time))
          .isEqualTo(PUBLISHED.format(instant.atOffset(ZoneOffset.UTC)));
    }
  }
}
