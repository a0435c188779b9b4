package io.vitae.profile.rules;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * ISO 8601 dates and date-times as clients of the API write them: {@code 1990-08-09}, {@code
 * 1990-08-09T10:30}, {@code 1990-08-09T10:30:00.5Z}, with offsets {@code +01:00}, {@code +0100} or
 * {@code +01}. Years 0001 to 9999 of the Gregorian calendar; no leap seconds.
 */
public final class IsoDateTime {
  private static final int DATE_LENGTH = "yyyy-MM-dd".length();
  private static final int MAX_FRACTION = 9;
  private static final int MAX_OFFSET_HOURS = 17;

  private final String text;
  private int position;

  private IsoDateTime(String text) {
    this.text = text;
  }

  /**
   * Reads a profile's {@code created_at}, in which a space may stand for the {@code T} as in
   * Python's {@code str(datetime)}.
   *
   * @return the instant, at UTC when the text names no offset and at midnight when it names no
   *     time; empty when it is not such a date
   */
  public static Optional<OffsetDateTime> parseLenient(String text) {
    boolean spaced = text.length() > DATE_LENGTH && text.charAt(DATE_LENGTH) == ' ';
    return parse(
        spaced ? text.substring(0, DATE_LENGTH) + 'T' + text.substring(DATE_LENGTH + 1) : text);
  }

  /** As {@link #parseLenient}, with {@code T} only. */
  static Optional<OffsetDateTime> parse(String text) {
    return new IsoDateTime(text).read();
  }

  private Optional<OffsetDateTime> read() {
    Optional<LocalDate> date = date();
    if (date.isEmpty() || atEnd()) {
      return date.map(day -> day.atStartOfDay().atOffset(ZoneOffset.UTC));
    }
    Optional<LocalTime> time = skip('T') ? time() : Optional.empty();
    Optional<ZoneOffset> offset = time.isPresent() ? offset() : Optional.empty();
    return atEnd() ? offset.map(o -> date.get().atTime(time.get()).atOffset(o)) : Optional.empty();
  }

  private Optional<LocalDate> date() {
    int year = digits(4);
    int month = skip('-') ? digits(2) : -1;
    int day = skip('-') ? digits(2) : -1;
    if (year < 1 || month < 1 || month > 12 || day < 1) {
      return Optional.empty();
    }
    LocalDate first = LocalDate.of(year, month, 1);
    return day <= first.lengthOfMonth() ? Optional.of(first.withDayOfMonth(day)) : Optional.empty();
  }

  private Optional<LocalTime> time() {
    int hour = digits(2);
    int minute = skip(':') ? digits(2) : -1;
    int second = 0;
    int nano = 0;
    if (skip(':')) {
      second = digits(2);
      nano = skip('.') ? fraction() : 0;
    }
    boolean exists =
        hour >= 0
            && hour <= 23
            && minute >= 0
            && minute <= 59
            && second >= 0
            && second <= 59
            && nano >= 0;
    return exists ? Optional.of(LocalTime.of(hour, minute, second, nano)) : Optional.empty();
  }

  private Optional<ZoneOffset> offset() {
    if (atEnd() || skip('Z')) {
      return Optional.of(ZoneOffset.UTC);
    }
    boolean negative = skip('-');
    if (!negative && !skip('+')) {
      return Optional.empty();
    }
    int hours = digits(2);
    int minutes = skip(':') || !atEnd() ? digits(2) : 0;
    if (hours < 0 || hours > MAX_OFFSET_HOURS || minutes < 0 || minutes > 59) {
      return Optional.empty();
    }
    int seconds = hours * 3600 + minutes * 60;
    return Optional.of(ZoneOffset.ofTotalSeconds(negative ? -seconds : seconds));
  }

  /** The number of exactly {@code count} ASCII digits, or -1. */
  private int digits(int count) {
    int value = 0;
    for (int i = 0; i < count; i++) {
      int digit = digit();
      if (digit < 0) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  /** One to nine digits as nanoseconds, or -1. */
  private int fraction() {
    int nano = 0;
    int count = 0;
    for (int digit = digit(); digit >= 0; digit = digit()) {
      if (count == MAX_FRACTION) {
        return -1;
      }
      nano = nano * 10 + digit;
      count++;
    }
    if (count == 0) {
      return -1;
    }
    for (; count < MAX_FRACTION; count++) {
      nano *= 10;
    }
    return nano;
  }

  private int digit() {
    if (atEnd() || text.charAt(position) < '0' || text.charAt(position) > '9') {
      return -1;
    }
    return text.charAt(position++) - '0';
  }

  private boolean skip(char expected) {
    boolean there = !atEnd() && text.charAt(position) == expected;
    if (there) {
      position++;
    }
    return there;
  }

  private boolean atEnd() {
    return position == text.length();
  }
}
