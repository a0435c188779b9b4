package io.vitae.json;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Sha256Test {
  /** Of "abc", from the examples that NIST gives for FIPS 180-4. */
  private static final String OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void twoDigestsAtOnceKnowNothingOfEachOther() {
    MessageDigest one = Sha256.start();
    one.update("a".getBytes(US_ASCII));
    MessageDigest other = Sha256.start();
    other.update("abc".getBytes(US_ASCII));
    one.update("bc".getBytes(US_ASCII));

    assertThat(HexFormat.of().formatHex(one.digest())).isEqualTo(OF_ABC);
    assertThat(HexFormat.of().formatHex(other.digest())).isEqualTo(OF_ABC);
  }
}
