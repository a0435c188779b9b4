package io.vitae.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The platform's decoder, which reports what is malformed, is the measure. */
class Utf8Test {
  private static final int SEED = 3629;

  private final CharsetDecoder decoder = UTF_8.newDecoder();
  private final CharBuffer decoded = CharBuffer.allocate(200);

  @Test
  void agreesWithTheDecoderOnEverySequenceOfTwoBytes() {
    for (int first = 0; first < 256; first++) {
      for (int second = 0; second < 256; second++) {
        agrees(new byte[] {(byte) first, (byte) second});
      }
    }
  }

  @Test
  void agreesWithTheDecoderOnEveryBeginningOfLongerSequences() {
    byte[] edges = HexFormat.of().parseHex("007f808f909fa0bfc0c2dfe0ff");
    for (int first :
        new int[] {0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xF0, 0xF1, 0xF4, 0xF5}) {
      for (int second = 0; second < 256; second++) {
        for (byte third : edges) {
          agrees(new byte[] {(byte) first, (byte) second, third});
          for (byte fourth : edges) {
            agrees(new byte[] {(byte) first, (byte) second, third, fourth});
          }
        }
      }
    }
  }

  @Test
  void agreesWithTheDecoderOnTextsWithABadByte() {
    Random random = new Random(SEED);
    byte[] text = "plain, é, €, 𝄞, and plain text again to the end".repeat(2).getBytes(UTF_8);
    for (int i = 0; i < 100_000; i++) {
      byte[] changed = Arrays.copyOf(text, text.length - random.nextInt(20));
      changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      agrees(changed);
    }
  }

  @Test
  void beginsWhereItIsTold() {
    byte[] text = {(byte) 0xFF, 'a'};
    assertThat(Utf8.isWellFormed(text, 0, text.length)).isFalse();
    assertThat(Utf8.isWellFormed(text, 1, text.length)).isTrue();
    assertThat(Utf8.isWellFormed(text, 2, text.length)).isTrue();
  }

  private void agrees(byte[] text) {
    decoded.clear();
    decoder.reset();
    boolean expected =
        !decoder.decode(ByteBuffer.wrap(text), decoded, true).isError()
            && !decoder.flush(decoded).isError();
    if (Utf8.isWellFormed(text, 0, text.length) != expected) {
      assertThat(HexFormat.of().formatHex(text)).as("well-formed: %s", expected).isEmpty();
    }
  }
}
