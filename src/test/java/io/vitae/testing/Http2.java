package io.vitae.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** As much of HTTP/2 as it takes to say what no client would say (RFC 9113). */
public final class Http2 {
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int WINDOW_UPDATE = 8;

  private static final int INITIAL_WINDOW_SIZE = 4;
  private static final int OPEN = 1 << 30;

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
      Frame frame = Frame.read(in);
      if (frame.stream() == 1 && frame.type() == DATA) {
        answer.writeBytes(frame.payload().array());
      }
      if (frame.stream() == 1 && frame.endsStream()) {
        return answer.toString(StandardCharsets.UTF_8);
      }
    }
  }

  /**
   * Asks for the same thing on many streams, and lets no byte of an answer's body be sent; returns
   * when the head of each answer has come.
   */
  public static void askWithoutReading(
      Socket socket, int streams, String path, Map<String, String> headers) throws IOException {
    ByteArrayOutputStream requests = new ByteArrayOutputStream();
    requests.writeBytes(start(windowOfStreams(0)));
    byte[] request = request("GET", path, headers);
    for (int i = 0; i < streams; i++) {
      requests.writeBytes(frame(HEADERS, END_STREAM + END_HEADERS, 2 * i + 1, request));
    }
    socket.getOutputStream().write(requests.toByteArray());
    DataInputStream in = new DataInputStream(socket.getInputStream());
    for (int heads = 0; heads < streams; ) {
      heads += Frame.read(in).type() == HEADERS ? 1 : 0;
    }
  }

  /**
   * Lets the answers be sent, and reads until each has ended.
   *
   * @return their bodies; {@code reset} in place of one whose stream was reset
   */
  public static List<String> readAtLast(Socket socket, int streams) throws IOException {
    ByteArrayOutputStream open = new ByteArrayOutputStream();
    open.writeBytes(frame(SETTINGS, 0, 0, windowOfStreams(OPEN)));
    open.writeBytes(frame(WINDOW_UPDATE, 0, 0, ByteBuffer.allocate(4).putInt(OPEN).array()));
    socket.getOutputStream().write(open.toByteArray());
    return awaitEnds(socket, streams);
  }

  /**
   * Reads until each answer has ended, without letting anything be sent; as {@link #readAtLast}.
   */
  public static List<String> awaitEnds(Socket socket, int streams) throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    Map<Integer, ByteArrayOutputStream> bodies = new HashMap<>();
    List<String> answers = new ArrayList<>();
    while (answers.size() < streams) {
      Frame frame = Frame.read(in);
      if (frame.type() == DATA) {
        bodies
            .computeIfAbsent(frame.stream(), id -> new ByteArrayOutputStream())
            .writeBytes(frame.payload().array());
      }
      if (frame.type() == RST_STREAM) {
        answers.add("reset");
      } else if (frame.endsStream()) {
        answers.add(bodies.remove(frame.stream()).toString(StandardCharsets.UTF_8));
      }
    }
    return answers;
  }

  private record Frame(int type, int flags, int stream, ByteBuffer payload) {
    static Frame read(DataInputStream in) throws IOException {
      int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
      int type = in.readUnsignedByte();
      int flags = in.readUnsignedByte();
      int stream = in.readInt();
      return new Frame(type, flags, stream, ByteBuffer.wrap(in.readNBytes(length)));
    }

    boolean endsStream() {
      return type == RST_STREAM || ((type == DATA || type == HEADERS) && (flags & END_STREAM) != 0);
    }
  }

  private static byte[] windowOfStreams(int bytes) {
    return ByteBuffer.allocate(6).putShort((short) INITIAL_WINDOW_SIZE).putInt(bytes).array();
  }

  private static byte[] start() {
    return start(new byte[0]);
  }

  private static byte[] start(byte[] settings) {
    ByteArrayOutputStream start = new ByteArrayOutputStream();
    start.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    start.writeBytes(frame(SETTINGS, 0, 0, settings));
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
