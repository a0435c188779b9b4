package io.vitae.faults;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Queries of every endpoint that reads, with values that hurt parsers, SQL and logs. */
final class Queries {
  private static final List<String> PATHS =
      List.of(
          "/v1/profile/indexing",
          "/v1/profile/consent",
          "/v1/storing/profiles",
          "/v1/profiles/searching",
          "/v1/source",
          "/v1/sources",
          "/v1/auth",
          "/v1/auth/keys");

  private static final List<String> NAMES =
      List.of(
          "source_key",
          "source_keys",
          "key",
          "reference",
          "email",
          "purpose",
          "name",
          "page",
          "limit",
          "sort_by",
          "order_by",
          "created_at_min",
          "created_at_max",
          "location_lat",
          "location_lon",
          "location_dist",
          "return_profile",
          "text_keywords",
          "summary_keywords",
          "experience_keywords",
          "education_keywords",
          "skills",
          "languages",
          "interests",
          "tags_included",
          "tags_excluded",
          "stage",
          "experiences_duration_min",
          "experiences_duration_max",
          "educations_duration_min",
          "location_geopoint",
          "location_distance",
          "id",
          "x",
          "");

  private static final List<String> VALUES =
      List.of(
          "",
          "0",
          "1",
          "-1",
          "1e9",
          "1e400",
          "NaN",
          "Infinity",
          "99999999999999999999",
          "true",
          "True",
          "null",
          "[]",
          "{}",
          "[null]",
          "[[]]",
          "[{}]",
          "[\"a\"]",
          "[\"a\", \"b c\"]",
          "[{\"name\": \"a\"}]",
          "[{\"name\": \"a\", \"value\": 1e400}]",
          "[{\"name\": null}]",
          "{\"lat\": 48.8, \"lng\": 2.3}",
          "{\"lat\": \"x\"}",
          "{\"lat\": 1e308, \"lng\": -1e308}",
          "'",
          "' OR '1'='1",
          "'; DROP TABLE profile; --",
          "$1",
          "$$",
          "\\",
          "%",
          "_",
          "a%' --",
          "') UNION SELECT secret_sha256 FROM api_key --",
          "pg_sleep(10)",
          "\u0000",
          "\uD83E\uDD89",
          "e\u0301",
          "\u0130",
          "\u212A",
          "\uFF21",
          "a\r\nSet-Cookie: x=1",
          "\n{\"level\":\"ERROR\"}",
          "${jndi:ldap://127.0.0.1/x}",
          "#{7*7}",
          "2020-01-01",
          "2020-01-01T00:00:00Z",
          "9999-12-31T23:59:59+14:00",
          "0000-00-00",
          "searching",
          "desc",
          "updated_at",
          "yes",
          "a@example.com",
          "A@EXAMPLE.COM",
          "!",
          "!!",
          "<->",
          "&",
          "a:*",
          "a & !b",
          "(",
          "\"a");

  private Queries() {}

  /** Path and query; mostly with a source that exists. */
  static String next(Random random, String source) {
    String path = pick(PATHS, random);
    List<String> parameters = new ArrayList<>();
    if (random.nextInt(8) > 0 && !path.startsWith("/v1/auth")) {
      parameters.add(
          path.endsWith("s") || path.endsWith("searching")
              ? "source_keys=" + encode("[\"" + source + "\"]")
              : "source_key=" + source);
    }
    for (int i = random.nextInt(4); i >= 0; i--) {
      parameters.add(encode(pick(NAMES, random)) + "=" + encode(value(random)));
    }
    return path + "?" + String.join("&", parameters);
  }

  private static String value(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> pick(VALUES, random) + pick(VALUES, random);
      case 1 -> "[" + "\"" + "w".repeat(random.nextInt(300)) + "\"" + "]";
      case 2 -> "[".repeat(random.nextInt(500));
      default -> pick(VALUES, random);
    };
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static <T> T pick(List<T> choices, Random random) {
    return choices.get(random.nextInt(choices.size()));
  }
}
