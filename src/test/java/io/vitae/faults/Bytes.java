package io.vitae.faults;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Mutations that know nothing of JSON but the pieces that hurt parsers. */
final class Bytes {
  private static final List<String> PIECES =
      List.of(
          "\"",
          "\\",
          "\\u0000",
          "\\ud800",
          "\\udfff\\ud800",
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "null",
          "1e400",
          "-",
          "-0",
          "1e-400",
          "0x1",
          "NaN",
          "\u0000",
          "\uFEFF",
          "\n",
          "//",
          "/**/",
          "'",
          "\"key\":",
          "\"info\":{},\"info\":",
          "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
          "{\"a\":{\"a\":{",
          "99999999999999999999999999999999999999999999",
          "0.1234567890123456789e-100",
          "true");

  private Bytes() {}

  static byte[] mutate(byte[] seed, Random random) {
    byte[] bytes = seed;
    for (int i = random.nextInt(4); i >= 0; i--) {
      bytes = once(bytes, random);
    }
    return bytes;
  }

  private static byte[] once(byte[] bytes, Random random) {
    if (bytes.length == 0) {
      return piece(random);
    }
    int at = random.nextInt(bytes.length);
    int length = random.nextInt(Math.min(40, bytes.length - at) + 1);
    return switch (random.nextInt(7)) {
      case 0 -> {
        byte[] flipped = bytes.clone();
        flipped[at] ^= (byte) (1 << random.nextInt(8));
        yield flipped;
      }
      case 1 -> splice(bytes, at, at + length, new byte[0]);
      case 2 -> splice(bytes, at, at, java.util.Arrays.copyOfRange(bytes, at, at + length));
      case 3 -> splice(bytes, at, at, piece(random));
      case 4 -> splice(bytes, at, at + length, piece(random));
      case 5 -> java.util.Arrays.copyOf(bytes, at);
      default -> {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        yield splice(bytes, at, at + length, noise);
      }
    };
  }

  private static byte[] piece(Random random) {
    return PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] splice(byte[] bytes, int from, int to, byte[] middle) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, from);
    out.writeBytes(middle);
    out.write(bytes, to, bytes.length - to);
    return out.toByteArray();
  }
}
