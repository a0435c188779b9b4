package io.vitae.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Buffers of Vert.x over bytes that are there already. What Vert.x 4 offers for that is deprecated,
 * because its next version shows nothing of Netty, and all else that it has copies.
 */
@SuppressWarnings("deprecation")
public final class Buffers {
  private Buffers() {}

  /** A view of some bytes, which nobody is to change. */
  public static Buffer of(byte[] bytes) {
    return Buffer.buffer(Unpooled.wrappedBuffer(bytes));
  }

  /** A view of the bytes between position and limit, which nobody is to change. */
  public static Buffer of(ByteBuffer bytes) {
    return Buffer.buffer(Unpooled.wrappedBuffer(bytes));
  }

  /** A view of some buffers, one behind the other, which nobody is to change. */
  public static Buffer joined(List<Buffer> buffers) {
    ByteBuf[] parts = new ByteBuf[buffers.size()];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = buffers.get(i).getByteBuf();
    }
    return Buffer.buffer(Unpooled.wrappedBuffer(parts.length, parts));
  }

  /** The bytes of a buffer: the array that it has, if they are all of it, or else a copy. */
  static byte[] bytes(Buffer buffer) {
    ByteBuf bytes = buffer.getByteBuf();
    return bytes.hasArray()
            && bytes.arrayOffset() == 0
            && bytes.readerIndex() == 0
            && bytes.array().length == bytes.readableBytes()
        ? bytes.array()
        : buffer.getBytes();
  }
}
