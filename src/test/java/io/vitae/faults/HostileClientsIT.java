package io.vitae.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitae.boot.DurablePostgres;
import io.vitae.testing.Http2;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Clients that are slow, greedy or sly. Each is refused or timed out, the others are served
 * meanwhile, and the memory stays within what a small container has.
 */
@Timeout(300)
class HostileClientsIT {
  private static final long MEMORY_MEBIBYTES = 256;
  private static final Duration SERVED = Duration.ofSeconds(2);
  private static final String HEAD = "Host: localhost\r\nX-API-KEY: %s\r\n";

  private static FaultSite site;

  @BeforeAll
  static void open() throws InterruptedException {
    site =
        FaultSite.open(
            DurablePostgres.create(),
            Map.of("QUARKUS_HTTP_IDLE_TIMEOUT", "4S", "VITAE_LIMITS_BODY_TIMEOUT", "2S"),
            "-Xmx96m",
            "-XX:+UseSerialGC",
            "-XX:MaxDirectMemorySize=48m");
  }

  @AfterAll
  static void close() {
    site.close();
  }

  @AfterEach
  void othersAreServedAndMemoryIsBounded() throws Exception {
    othersAreServed();
    site.awaitIdle();
    assertThat(site.app().residentMebibytes()).isLessThan(MEMORY_MEBIBYTES);
    assertThat(site.app().output()).doesNotContain("\"level\":\"ERROR\"");
  }

  @Test
  void idleConnections() throws Exception {
    Fault.onlyInTheSuite();
    Fault fault = new Fault("idle connections");
    List<Socket> idle = new ArrayList<>();
    try {
      for (int i = 0; i < Fault.times(1_000, 10_000); i++) {
        idle.add(connect());
        fault.tried();
      }
      othersAreServed();
      for (Socket socket : idle) {
        if (!isClosedByServer(socket)) {
          fault.wrong("a connection stays open");
        }
      }
    } finally {
      closeAll(idle);
    }
    fault.conclude();
  }

  /** What is half sent counts as idle, too. */
  @Test
  void halfARequest() throws Exception {
    Fault fault = new Fault("half-open connections, half a head");
    List<Socket> half = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      Socket socket = connect();
      write(socket, "PUT " + FaultSite.INDEXING + " HTTP/1.1\r\nHost: loc");
      if (i % 2 == 0) {
        socket.shutdownOutput();
      }
      half.add(socket);
      fault.tried();
    }
    othersAreServed();
    for (Socket socket : half) {
      if (!isClosedByServer(socket)) {
        fault.wrong("a connection stays open");
      }
    }
    closeAll(half);
    fault.conclude();
  }

  @Test
  void slowBodies() throws Exception {
    Fault.onlyInTheSuite();
    Fault fault = new Fault("slow bodies (a byte each 100 ms)");
    List<Socket> slow = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Socket socket = connect();
      write(socket, head("PUT", "Content-Length: 50000\r\n"));
      slow.add(socket);
      fault.tried();
    }
    for (int i = 0; i < 35; i++) {
      for (Socket socket : slow) {
        writeIfOpen(socket, "{");
      }
      Thread.sleep(100);
    }
    for (Socket socket : slow) {
      String answer = readToEnd(socket);
      if (!answer.startsWith("HTTP/1.1 408 ")) {
        fault.wrong("not timed out: " + answer);
      }
    }
    closeAll(slow);
    fault.conclude();
  }

  @Test
  void oneByteChunks() throws Exception {
    Fault.onlyInTheSuite();
    Fault fault = new Fault("1 MiB in chunks of one byte");
    String chunk = "1\r\nx\r\n";
    byte[] chunks = chunk.repeat(1 << 15).getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < Fault.times(2, 20); i++) {
      fault.tried();
      try (Socket socket = connect()) {
        write(socket, head("PUT", "Transfer-Encoding: chunked\r\n"));
        for (int sent = 0; sent <= 1 << 20; sent += 1 << 15) {
          socket.getOutputStream().write(chunks);
        }
        writeIfOpen(socket, "0\r\n\r\n");
        String answer = readToEnd(socket);
        // Too large, or too slow in coming: 408.
        if (!answer.startsWith("HTTP/1.1 4")) {
          fault.wrong(answer);
        }
      }
      othersAreServed();
    }
    fault.conclude();
  }

  @Test
  void declaredGibibyte() throws Exception {
    Fault fault = new Fault("1 GiB declared, or sent without end");
    for (int i = 0; i < 50; i++) {
      fault.tried();
      try (Socket socket = connect()) {
        write(socket, head("PUT", "Content-Length: 1073741824\r\n"));
        expect(fault, socket, "HTTP/1.1 413 ");
      }
    }
    byte[] block = ("10000\r\n" + "x".repeat(1 << 16) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < 3; i++) {
      fault.tried();
      try (Socket socket = connect()) {
        write(socket, head("PUT", "Transfer-Encoding: chunked\r\n"));
        // The refusal lets a client go on for two seconds or 64 MiB, so that it gets to read it.
        long sent = 0;
        try {
          while (sent < 1L << 30) {
            socket.getOutputStream().write(block);
            sent += block.length;
          }
          fault.wrong("took a whole GiB");
        } catch (IOException closed) {
          assertThat(site.app().residentMebibytes()).isLessThan(MEMORY_MEBIBYTES);
        }
      }
    }
    fault.conclude();
  }

  /** Nothing is unpacked, so there is nothing to fill the memory with. */
  @Test
  void gzipBomb() throws Exception {
    Fault.onlyInTheSuite();
    Fault fault = new Fault("gzip bomb");
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 500; i++) {
        gzip.write(zeros);
      }
    }
    for (int i = 0; i < 20; i++) {
      fault.tried();
      try (Socket socket = connect()) {
        String lines = "Content-Encoding: gzip\r\nContent-Length: " + bomb.size() + "\r\n";
        write(socket, head("PUT", lines));
        socket.getOutputStream().write(bomb.toByteArray());
        expect(fault, socket, "HTTP/1.1 400 ");
      }
    }
    fault.conclude();
  }

  @Test
  void headerFloods() throws Exception {
    Fault.onlyInTheSuite();
    Fault fault = new Fault("header floods");
    String many = "a: b\r\n".repeat(100_000);
    String large = "X-Large: " + "x".repeat(1 << 20) + "\r\n";
    for (int i = 0; i < 100; i++) {
      fault.tried();
      try (Socket socket = connect()) {
        writeIfOpen(socket, "GET /v1/auth HTTP/1.1\r\n" + (i % 2 == 0 ? many : large) + "\r\n");
        String answer = readToEnd(socket);
        if (!answer.isEmpty() && !answer.startsWith("HTTP/1.1 4")) {
          fault.wrong(answer);
        }
      }
    }
    fault.conclude();
  }

  /** Who asks and asks and never reads the answers makes the service wait, not remember. */
  @Test
  void pipeliningWithoutReading() throws Exception {
    Fault fault = new Fault("pipelined requests, answers unread");
    site.put(site.profile("large", "\"text\":\"" + "x".repeat(100_000) + "\""));
    String request =
        ("GET " + FaultSite.INDEXING + "?source_key=%s&key=large HTTP/1.1\r\n" + HEAD + "\r\n")
            .formatted(site.source, site.key);
    byte[] requests = request.repeat(50).getBytes(StandardCharsets.US_ASCII);
    List<SocketChannel> greedy = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      SocketChannel channel =
          SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), site.port()));
      channel.configureBlocking(false);
      greedy.add(channel);
    }
    long end = System.nanoTime() + Duration.ofSeconds(3).toNanos();
    while (System.nanoTime() < end) {
      for (SocketChannel channel : greedy) {
        try {
          if (channel.isOpen() && channel.write(ByteBuffer.wrap(requests)) > 0) {
            fault.tried(50);
          }
        } catch (IOException refused) {
          channel.close();
        }
      }
      Thread.sleep(10);
    }
    othersAreServed();
    long memory = site.app().residentMebibytes();
    for (SocketChannel channel : greedy) {
      channel.close();
    }
    if (memory > MEMORY_MEBIBYTES) {
      fault.wrong("memory grew to " + memory + " MiB");
    }
    fault.conclude();
  }

  /** The client says how much of an answer may be sent, and lets none of it be sent. */
  @Test
  void answersOverHttp2Unread() throws Exception {
    Fault fault = new Fault("HTTP/2 streams, answers unread");
    String text = "\"text\":\"" + "x".repeat(250_000) + "\"";
    site.put(site.profile("unread", text));
    Tenant neighbour = Tenant.in(site.database);
    String profile = site.profile("large", text).replace(site.source, neighbour.source());
    assertThat(as(neighbour, "PUT", "", profile)).isEqualTo(201);
    List<Socket> greedy = new ArrayList<>();
    try {
      for (int i = 0; i < 4; i++) {
        greedy.add(connect());
        String path = FaultSite.INDEXING + "?source_key=" + site.source + "&key=unread";
        Http2.askWithoutReading(greedy.get(i), 100, path, Map.of("x-api-key", site.key));
        fault.tried(100);
        assertThat(site.app().health("live")).isEqualTo(200);
        assertThat(site.app().health("ready")).isEqualTo(200);
        int answered = as(neighbour, "GET", "?source_key=" + neighbour.source() + "&key=large", "");
        if (answered != 200) {
          fault.wrong("a neighbour was answered " + answered);
        }
      }
    } finally {
      closeAll(greedy);
    }
    // Until the service has seen that nobody waits for the answers, their owner has its share.
    site.awaitIdle();
    fault.conclude();
  }

  private static int as(Tenant tenant, String method, String query, String body) throws Exception {
    HttpRequest.Builder request = site.request(method, FaultSite.INDEXING + query, body);
    return site.app().send(request.setHeader("X-API-KEY", tenant.key())).statusCode();
  }

  /** CVE-2023-44487: each stream is reset as soon as it is open. */
  @Test
  void rapidReset() throws Exception {
    Fault fault = new Fault("HTTP/2 rapid reset");
    int most = 0;
    for (int i = 0; i < Fault.times(2, 10); i++) {
      try (Socket socket = connect()) {
        int opened = Http2.resetMany(socket, 20_000);
        fault.tried(opened);
        most = Math.max(most, opened);
        if (!isClosedByServer(socket)) {
          fault.wrong("the connection outlives " + opened + " resets");
        }
      }
      othersAreServed();
    }
    fault.conclude();
  }

  /** What follows a message that can be read in two ways must never be taken for a request. */
  @Test
  void smuggling() throws Exception {
    Fault fault = new Fault("request smuggling forms");
    String hidden = "GET /v1/hidden HTTP/1.1\r\nHost: localhost\r\n\r\n";
    for (String lines :
        List.of(
            "Content-Length: 0\r\nTransfer-Encoding: chunked\r\n",
            "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
            "Transfer-Encoding: chunked, identity\r\n",
            "Transfer-Encoding: identity, chunked\r\n",
            "Transfer-Encoding: xchunked\r\n",
            "Transfer-Encoding: \u000bchunked\r\n",
            "Transfer-Encoding : chunked\r\n",
            " Transfer-Encoding: chunked\r\n",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
            "X: y\rTransfer-Encoding: chunked\r\n",
            "Content-Length: 0\r\nContent-Length: 5\r\n",
            "Content-Length: 0, 5\r\n",
            "Content-Length: +0\r\n",
            "Content-Length: 0x0\r\n",
            "Content-Length : 0\r\n",
            "Content-Length: -0\r\n")) {
      fault.tried();
      try (Socket socket = connect()) {
        write(socket, head("PUT", lines) + "0\r\n\r\n" + hidden);
        String answer = readToEnd(socket);
        int answers = answer.split("HTTP/1\\.1 [2-5]", -1).length - 1;
        if (answers > 1) {
          fault.wrong(answers + " answers to " + lines.strip());
        }
      }
    }
    fault.conclude();
  }

  private static void othersAreServed() throws Exception {
    long start = System.nanoTime();
    HttpResponse<String> answer = site.put(site.profile("neighbour", "\"text\":\"" + start + "\""));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SERVED);
    assertThat(site.app().health("ready")).isEqualTo(200);
  }

  private static String head(String method, String lines) {
    return method
        + " "
        + FaultSite.INDEXING
        + " HTTP/1.1\r\n"
        + HEAD.formatted(site.key)
        + lines
        + "\r\n";
  }

  private static Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), site.port());
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static void write(Socket socket, String latin1) throws IOException {
    socket.getOutputStream().write(latin1.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void writeIfOpen(Socket socket, String latin1) {
    try {
      write(socket, latin1);
    } catch (IOException closed) {
      // What the server thinks of it is in what it answered before.
      assertThat(socket.isConnected()).isTrue();
    }
  }

  private static void expect(Fault fault, Socket socket, String start) throws IOException {
    byte[] answer = socket.getInputStream().readNBytes(start.length());
    if (!new String(answer, StandardCharsets.ISO_8859_1).equals(start)) {
      fault.wrong("answered " + new String(answer, StandardCharsets.ISO_8859_1));
    }
  }

  /** Empty when the connection was reset before anything came. */
  private static String readToEnd(Socket socket) {
    StringBuilder text = new StringBuilder();
    try {
      byte[] buffer = new byte[8192];
      for (int n = socket.getInputStream().read(buffer);
          n >= 0;
          n = socket.getInputStream().read(buffer)) {
        text.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
      }
    } catch (IOException reset) {
      return text.toString();
    }
    return text.toString();
  }

  private static boolean isClosedByServer(Socket socket) throws InterruptedException {
    try {
      while (socket.getInputStream().read() >= 0) {
        // Whatever it says before.
        if (socket.isClosed()) {
          return true;
        }
      }
      return true;
    } catch (java.net.SocketTimeoutException open) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  private static void closeAll(List<Socket> sockets) throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
