package io.vitae.consent;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What an algorithm may be used for, each consented to by owner and controller separately. */
public enum Purpose {
  PARSING(1),
  REVEALING(2),
  EMBEDDING(4),
  SEARCHING(8),
  SCORING(16),
  REASONING(32);

  /** The flag names of a consent block, in the order of answers. */
  public static final List<String> WIRE_NAMES =
      Arrays.stream(values()).map(Purpose::wireName).toList();

  private final String wireName = name().toLowerCase(Locale.ROOT);
  private final int bit;

  Purpose(int bit) {
    this.bit = bit;
  }

  /** The purpose's bit in what the database keeps: the schema spells the same numbers. */
  public int bit() {
    return bit;
  }

  /** The flag's name in a consent block, for example {@code searching}. */
  public String wireName() {
    return wireName;
  }
}
