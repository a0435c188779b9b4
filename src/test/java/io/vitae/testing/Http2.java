package io.vitae.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** As much of HTTP/2 as it takes to say what no client would say (RFC 9113). */
public final class Http2 {
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;

  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;

  private Http2() {}

  /** Opens streams and resets each at once; returns how many it could before it was cut off. */
  public static int resetMany(Socket socket, int streams) throws IOException {
    socket.getOutputStream().write(start());
    byte[] request = request("GET", "/v1/auth", Map.of());
    int opened = 0;
    try {
      for (int id = 1; opened < streams; id += 2) {
        ByteArrayOutputStream pair = new ByteArrayOutputStream();
        pair.writeBytes(frame(HEADERS, END_STREAM + END_HEADERS, id, request));
        pair.writeBytes(frame(RST_STREAM, 0, id, new byte[] {0, 0, 0, 8}));
        socket.getOutputStream().write(pair.toByteArray());
        opened++;
      }
    } catch (IOException cutOff) {
      return opened;
    }
    return opened;
  }

  /**
   * Sends a request on a connection of its own, its body in frames of just these bytes, and returns
   * the body of the answer.
   */
  public static String exchange(
      Socket socket, String method, String path, Map<String, String> headers, List<byte[]> body)
      throws IOException {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(start());
    request.writeBytes(frame(HEADERS, END_HEADERS, 1, request(method, path, headers)));
    for (int i = 0; i < body.size(); i++) {
      request.writeBytes(frame(DATA, i == body.size() - 1 ? END_STREAM : 0, 1, body.get(i)));
    }
    socket.getOutputStream().write(request.toByteArray());
    DataInputStream in = new DataInputStream(socket.getInputStream());
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    while (true) {
      int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
      int type = in.readUnsignedByte();
      int flags = in.readUnsignedByte();
      int stream = in.readInt();
      byte[] payload = in.readNBytes(length);
      if (stream == 1 && type == DATA) {
        answer.writeBytes(payload);
      }
      if (stream == 1 && (type == RST_STREAM || (flags & END_STREAM) != 0)) {
        return answer.toString(StandardCharsets.UTF_8);
      }
    }
  }

  private static byte[] start() {
    ByteArrayOutputStream start = new ByteArrayOutputStream();
    start.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    start.writeBytes(frame(SETTINGS, 0, 0, new byte[0]));
    return start.toByteArray();
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

  /** HPACK without its table: literals, of which the first names are in the static one. */
  private static byte[] request(String method, String path, Map<String, String> headers) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    block.write(2);
    string(block, method);
    block.write(6);
    string(block, "http");
    block.write(4);
    string(block, path);
    block.write(1);
    string(block, "localhost");
    headers.forEach(
        (name, value) -> {
          block.write(0);
          string(block, name);
          string(block, value);
        });
    return block.toByteArray();
  }

  private static void string(ByteArrayOutputStream block, String value) {
    block.write(value.length());
    block.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
  }
}
