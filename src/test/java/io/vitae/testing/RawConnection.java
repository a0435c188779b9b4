package io.vitae.testing;

import io.restassured.RestAssured;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A bare connection to the service, to say what no HTTP client would say. */
public final class RawConnection implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 10_000;
  private static final Pattern REQUEST_LINE = Pattern.compile("([A-Z]+) (\\S+) HTTP/1\\.[01]\r\n");

  private final Socket socket;
  private final InputStream in;
  private final StringBuilder sent = new StringBuilder();
  private int answers;

  private RawConnection() throws IOException {
    socket = new Socket("localhost", RestAssured.port);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    in = new BufferedInputStream(socket.getInputStream());
  }

  public static RawConnection open() throws IOException {
    return new RawConnection();
  }

  /** The answer to one request on a connection of its own. */
  public static Answer exchange(String request) throws IOException {
    try (RawConnection connection = open()) {
      return connection.send(request).read();
    }
  }

  /** Sends characters up to U+00FF as one byte each. */
  public RawConnection send(String latin1) throws IOException {
    return send(latin1.getBytes(StandardCharsets.ISO_8859_1));
  }

  public RawConnection send(byte[] bytes) throws IOException {
    sent.append(new String(bytes, StandardCharsets.ISO_8859_1));
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /** Says that nothing more will be sent. */
  public RawConnection finish() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** Whether the server ends the connection without another answer. */
  public boolean isClosed() throws IOException {
    return in.read() < 0;
  }

  /**
   * The next answer, which must keep the contract and be documented for the request that it
   * answers.
   */
  public Answer read() throws IOException {
    int status = status();
    Map<String, List<String>> headers = headers();
    Answer answer =
        Answer.of(status, HttpHeaders.of(headers, (name, value) -> true), body(headers));
    MatchResult request = REQUEST_LINE.matcher(sent).results().toList().get(answers++);
    OpenApi.check(request.group(1), request.group(2), answer);
    return answer;
  }

  /** The head of the next answer, which has no body, lines joined by line feeds. */
  public String readHead() throws IOException {
    StringBuilder head = new StringBuilder();
    for (String line = line(); !line.isEmpty(); line = line()) {
      head.append(line).append('\n');
    }
    if (!head.toString().startsWith("HTTP/1.1 100 ")) {
      answers++;
    }
    return head.toString();
  }

  /** Whatever comes until the server closes the connection. */
  public String readToEnd() throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  private int status() throws IOException {
    String line = line();
    int start = "HTTP/1.1 ".length();
    return Integer.parseInt(line.substring(start, start + 3));
  }

  private Map<String, List<String>> headers() throws IOException {
    Map<String, List<String>> headers = new TreeMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers
          .computeIfAbsent(
              line.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
          .add(line.substring(colon + 1).strip());
    }
    return headers;
  }

  private byte[] body(Map<String, List<String>> headers) throws IOException {
    List<String> length = headers.get("content-length");
    return length == null ? in.readAllBytes() : in.readNBytes(Integer.parseInt(length.get(0)));
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("The server closed the connection after: " + line);
      }
      line.append((char) c);
    }
    return line.toString().stripTrailing();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
