package io.vitae.wire;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * The contract's form of the server's own times: {@code 2020-07-29T11:45:37+0000}, always UTC and
 * in whole seconds.
 */
public final class ServerTime {
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'+0000'");

  /** Most times that are shown are those of writes just now: many of one second. */
  private static volatile Shown last = new Shown(OffsetDateTime.MIN.toEpochSecond(), "");

  /** A second and its text. */
  private record Shown(long second, String text) {}

  private ServerTime() {}

  /** A time as answers show it. */
  public static String format(OffsetDateTime time) {
    Shown shown = last;
    long second = time.toEpochSecond();
    if (shown.second() != second) {
      shown = new Shown(second, FORM.format(time.withOffsetSameInstant(ZoneOffset.UTC)));
      last = shown;
    }
    return shown.text();
  }
}
