package io.vitae.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Buffers over bytes that are there. */
class BuffersTest {
  private static final byte[] TEXT = "profile".getBytes(UTF_8);

  @Test
  void viewsShowTheBytesThemselves() {
    byte[] bytes = TEXT.clone();
    Buffer whole = Buffers.of(bytes);
    Buffer part = Buffers.of(ByteBuffer.wrap(bytes, 3, 2));
    bytes[3] = 'F';

    assertThat(whole).hasToString("proFile");
    assertThat(part).hasToString("Fi");
  }

  @Test
  void joinsBuffersAndPartsOfThem() {
    Buffer joined =
        Buffers.joined(
            List.of(Buffers.of(TEXT), Buffer.buffer("[x]").slice(1, 2), Buffers.of(TEXT)));

    assertThat(joined).hasToString("profilexprofile");
    assertThat(joined.length()).isEqualTo(15);
    assertThat(joined.slice(6, 9)).hasToString("exp");
    assertThat(Buffers.joined(List.of(joined, joined.slice(0, 3))))
        .hasToString("profilexprofilepro");
  }

  @Test
  void bytesAreTheArrayOnlyIfItIsAllOfTheBuffer() {
    assertThat(Buffers.bytes(Buffers.of(TEXT))).isSameAs(TEXT);
    assertThat(Buffers.bytes(Buffers.of(ByteBuffer.wrap(TEXT, 3, 4)))).isEqualTo(bytes("file"));
    assertThat(Buffers.bytes(Buffers.of(ByteBuffer.wrap(TEXT, 0, 3)))).isEqualTo(bytes("pro"));
    assertThat(Buffers.bytes(Buffer.buffer(64).appendString("profile"))).isEqualTo(TEXT);
    assertThat(Buffers.bytes(Buffers.joined(List.of(Buffers.of(TEXT), Buffers.of(TEXT)))))
        .isEqualTo(bytes("profileprofile"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
