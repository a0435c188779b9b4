package io.vitae.bench;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

/** Paths and queries that the benchmark asks for. */
final class Paths {
  static final String PROFILE = "/v1/profile/indexing";
  private static final String SEARCH = "/v1/profiles/searching";

  /** How many different searches there are. */
  static final int SEARCHES = 400;

  private Paths() {}

  static String byKey(String key) {
    return query("key", key);
  }

  static String byReference(String reference) {
    return query("reference", reference);
  }

  /**
   * The first page of a search: a quarter for everybody, a half for a skill, a quarter for a
   * keyword and a skill.
   */
  static String search(int place) {
    SplittableRandom random = new SplittableRandom(Settings.SEED + place);
    StringBuilder path = new StringBuilder(SEARCH);
    path.append("?source_keys=").append(encoded("[\"" + Dataset.SOURCE_KEY + "\"]"));
    if (place % 4 > 0) {
      String skill = Words.common(Words.SKILLS, random);
      path.append("&skills=").append(encoded("[{\"name\":\"" + skill + "\"}]"));
    }
    if (place % 4 == 3) {
      String word = Words.any(List.of("turbine", "Übergabe", "legacy", "warehouse"), random);
      path.append("&text_keywords=").append(encoded("[\"" + word + "\"]"));
    }
    return path.toString();
  }

  private static String query(String name, String value) {
    return "?source_key=" + Dataset.SOURCE_KEY + "&" + name + "=" + encoded(value);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
