package io.vitae.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** What came back to bytes that no HTTP client would send: everything until the end. */
record RawAnswer(String text) {
  private static final int TIMEOUT_MILLIS = 10_000;

  /**
   * Sends a request that asks for the end of the connection.
   *
   * @param latin1 each character is a byte
   */
  static RawAnswer to(int port, String latin1) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.getOutputStream().write(latin1.getBytes(StandardCharsets.ISO_8859_1));
      return new RawAnswer(
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1));
    }
  }

  /** Bytes of a string in UTF-8 as characters that can be sent. */
  static String utf8(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** 0 when nothing came. */
  int status() {
    return text.startsWith("HTTP/1.1 ") ? Integer.parseInt(text.substring(9, 12)) : 0;
  }

  /** How many answers there are, as a proxy would read them. */
  long answers() {
    return text.split("HTTP/1\\.1 [1-5]", -1).length - 1L;
  }

  /** The names in the head, in lower case; a line without a colon is a name, too. */
  Set<String> headers() {
    List<String> lines = Arrays.asList(text.split("\r\n\r\n", 2)[0].split("[\r\n]+"));
    Set<String> names = new TreeSet<>();
    lines.stream().skip(1).forEach(line -> names.add(line.split(":", 2)[0]));
    Set<String> lower = new TreeSet<>();
    names.forEach(name -> lower.add(name.toLowerCase(Locale.ROOT)));
    return lower;
  }
}
