package io.vitae.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Requests that no HTTP client would let out. */
public final class RawHttp {
  private static final int TIMEOUT_MILLIS = 30_000;

  private RawHttp() {}

  /**
   * Sends a request without a body and returns the status of its answer.
   *
   * @param request method and target, as they are to be sent
   * @param announced the {@code Content-Length} to claim
   */
  public static int status(URI server, String request, int announced) throws IOException {
    try (Socket socket = new Socket(server.getHost(), server.getPort());
        BufferedReader answer =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      String head =
          request + " HTTP/1.1\r\nHost: test\r\nContent-Length: " + announced + "\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      return Integer.parseInt(answer.readLine().split(" ", 3)[1]);
    }
  }
}
