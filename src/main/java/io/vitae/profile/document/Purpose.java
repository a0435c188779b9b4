package io.vitae.profile.document;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What an algorithm may be used for, each consented to by owner and controller separately. */
public enum Purpose {
  PARSING,
  REVEALING,
  EMBEDDING,
  SEARCHING,
  SCORING,
  REASONING;

  /** The flag names of a consent block, in the order of answers. */
  public static final List<String> WIRE_NAMES =
      Arrays.stream(values()).map(Purpose::wireName).toList();

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** The flag's name in a consent block, for example {@code searching}. */
  public String wireName() {
    return wireName;
  }
}
