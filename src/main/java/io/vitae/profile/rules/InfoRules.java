package io.vitae.profile.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitae.json.Text;
import io.vitae.profile.document.Fields;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rules of {@code info}. Members it does not know are free. */
final class InfoRules {
  private static final int MAX_NAME = 255;
  private static final int MAX_PHONE = 64;
  private static final int MAX_PICTURE = 2048;
  private static final int MAX_SUMMARY = 65_536;
  private static final List<String> GENDERS = List.of("male", "female", "undefined");

  private final Clock clock;

  InfoRules(Clock clock) {
    this.clock = clock;
  }

  void check(Subject info) {
    info.text(Fields.FULL_NAME, MAX_NAME);
    info.text(Fields.FIRST_NAME, MAX_NAME);
    info.text(Fields.LAST_NAME, MAX_NAME);
    dateOfBirth(info);
    email(info);
    info.text(Fields.PHONE, MAX_PHONE);
    info.object(Fields.LOCATION).ifPresent(InfoRules::location);
    urls(info);
    info.text(Fields.PICTURE, MAX_PICTURE);
    info.oneOf(Fields.GENDER, GENDERS);
    info.text(Fields.SUMMARY, MAX_SUMMARY);
  }

  private void dateOfBirth(Subject info) {
    Optional<String> sent = info.string(Fields.DATE_BIRTH);
    if (sent.isEmpty()) {
      return;
    }
    Optional<OffsetDateTime> date = IsoDateTime.parse(sent.get());
    Instant now = clock.instant();
    if (date.isEmpty()) {
      info.violation(
          Fields.DATE_BIRTH,
          ViolationCode.INVALID_DATE,
          "must be null or an ISO 8601 date or date-time");
    } else if (date.get().toInstant().isAfter(now)) {
      info.violation(Fields.DATE_BIRTH, ViolationCode.DATE_IN_FUTURE, "must not be in the future");
    }
  }

  private static void email(Subject info) {
    Optional<String> sent = info.string(Fields.EMAIL).filter(email -> !email.isEmpty());
    if (sent.isEmpty()) {
      return;
    }
    if (Text.isLongerThan(sent.get(), EmailAddress.MAX_LENGTH)) {
      info.violation(
          Fields.EMAIL,
          ViolationCode.TOO_LONG,
          "must have at most " + EmailAddress.MAX_LENGTH + " characters");
    } else if (!EmailAddress.isPlausible(sent.get())) {
      info.violation(
          Fields.EMAIL, ViolationCode.INVALID_EMAIL, "must be null, empty or an e-mail address");
    }
  }

  private static void location(Subject location) {
    location.text(Fields.TEXT);
    coordinate(location, Coordinate.LATITUDE);
    coordinate(location, Coordinate.LONGITUDE);
    location
        .value(Fields.LOCATION_FIELDS)
        .filter(fields -> !fields.isObject() && !(fields.isArray() && fields.isEmpty()))
        .ifPresent(
            fields ->
                location.violation(
                    Fields.LOCATION_FIELDS,
                    ViolationCode.INVALID_TYPE,
                    "must be an object, an empty array or null"));
  }

  private static void coordinate(Subject location, Coordinate coordinate) {
    Optional<JsonNode> value = location.value(coordinate.field());
    if (value.isEmpty()) {
      return;
    }
    switch (coordinate.judge(value.get())) {
      case IN_RANGE -> {}
      case OUT_OF_RANGE ->
          location.violation(
              coordinate.field(),
              ViolationCode.OUT_OF_RANGE,
              "must be between -" + coordinate.bound() + " and " + coordinate.bound());
      case NOT_A_NUMBER ->
          location.violation(
              coordinate.field(),
              ViolationCode.INVALID_TYPE,
              "must be a number, a string with a decimal number, or null");
    }
  }

  /** The published object or the newer list of {@code {type, url}}. */
  private static void urls(Subject info) {
    Optional<JsonNode> sent = info.value(Fields.URLS);
    if (sent.isEmpty()) {
      return;
    }
    JsonNode urls = sent.get();
    if (urls.isArray()) {
      info.elements(
          Fields.URLS,
          urls,
          (name, url) -> {
            url.text(Fields.TYPE);
            url.text(Fields.URL);
          });
    } else if (urls.isObject()) {
      info.object(Fields.URLS).ifPresent(InfoRules::urlsByName);
    } else {
      info.violation(
          Fields.URLS, ViolationCode.INVALID_TYPE, "must be an object, an array or null");
    }
  }

  private static void urlsByName(Subject urls) {
    for (Map.Entry<String, JsonNode> member : urls.node().properties()) {
      String name = member.getKey();
      if (!name.equals(Fields.FROM_RESUME)) {
        urls.text(name);
      } else if (!member.getValue().isArray() && !member.getValue().isNull()) {
        urls.violation(name, ViolationCode.INVALID_TYPE, "must be an array or null");
      }
    }
  }
}
