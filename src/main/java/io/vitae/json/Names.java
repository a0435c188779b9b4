package io.vitae.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;

/**
 * The names of members that are expected and those that were read lately, so that the few that
 * everybody uses are not decoded again and again. They are told apart eight bytes at a time.
 * Bounded, whatever comes: a name takes the place of another, but never that of an expected one.
 * Threads share it without a lock, and at worst decode a name once more.
 */
final class Names {
  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** A power of two, several times the names that the API knows. */
  private static final int PLACES = 1024;

  /** As many bytes as {@link Known} compares; all names of the API are shorter. */
  private static final int LONGEST = 3 * Long.BYTES;

  /** Odd and without a pattern, so that bytes anywhere in a name count. */
  private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

  /** One more than there are places for the last one to have a next one. */
  private final Known[] known = new Known[PLACES + 1];

  /** A name, its bytes with zeros behind them, and whether it keeps its place. */
  private record Known(long first, long second, long third, String name, boolean expected) {
    boolean is(long a, long b, long c) {
      return first == a && second == b && third == c;
    }
  }

  /**
   * Names of which some are expected.
   *
   * @param expected are given out as these very strings, unless one is longer than others are kept
   *     or three fall on one place
   */
  Names(Collection<String> expected) {
    for (String name : expected) {
      byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
      if (bytes.length <= LONGEST) {
        find(Arrays.copyOf(bytes, LONGEST), 0, bytes.length, name);
      }
    }
  }

  /** The text of some bytes in UTF-8 without a NUL. */
  String of(byte[] body, int start, int end) {
    int length = end - start;
    return length > LONGEST || start + LONGEST > body.length
        ? new String(body, start, length, StandardCharsets.UTF_8)
        : find(body, start, length, null);
  }

  /** The name that is known, or else takes a place: the expected one, if there is one. */
  private String find(byte[] body, int start, int length, String expected) {
    long first = bytes(body, start, length);
    long second = bytes(body, start + Long.BYTES, length - Long.BYTES);
    long third = bytes(body, start + 2 * Long.BYTES, length - 2 * Long.BYTES);
    long hash = ((first * MIX ^ second) * MIX ^ third) * MIX;
    int place = (int) (hash >>> 48) & (PLACES - 1);
    Known there = known[place];
    if (there != null && there.is(first, second, third)) {
      return there.name();
    }
    if (there != null && there.expected()) {
      there = known[++place];
      if (there != null && there.is(first, second, third)) {
        return there.name();
      }
    }
    String name =
        expected == null ? new String(body, start, length, StandardCharsets.UTF_8) : expected;
    if (there == null || !there.expected()) {
      known[place] = new Known(first, second, third, name, expected != null);
    }
    return name;
  }

  /** So many bytes, eight at most, and zeros. */
  private static long bytes(byte[] body, int start, int count) {
    if (count <= 0) {
      return 0;
    }
    long bytes = (long) EIGHT_BYTES.get(body, start);
    return count >= Long.BYTES ? bytes : bytes & ((1L << (count * Byte.SIZE)) - 1);
  }
}
