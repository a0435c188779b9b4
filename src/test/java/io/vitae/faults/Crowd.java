package io.vitae.faults;

import io.vitae.testing.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Clients that put, each a profile of its own with a number that grows, all moved by one thread
 * that does little else: what it takes of the machine is not there for the service.
 *
 * <p>A closed crowd sends as soon as it is answered. An open one sends at a rate, whatever comes
 * back, as long as it has connections that wait for nothing.
 */
final class Crowd implements Callable<Crowd.Result> {
  private static final int DIGITS = 10;
  private static final int LONGEST_ANSWER = 16_384;
  private static final long LAST_ANSWERS_NANOS = Duration.ofSeconds(10).toNanos();

  private final FaultSite site;
  private final String key;
  private final String source;
  private final Duration time;
  private final double perSecond;
  private final List<Client> clients = new ArrayList<>();
  private final Deque<Client> idle = new ArrayDeque<>();
  private final Result result = new Result();

  /**
   * A crowd that has not begun.
   *
   * @param perSecond 0 for a closed one
   */
  Crowd(FaultSite site, Tenant tenant, String name, int size, double perSecond, Duration time) {
    this.site = site;
    this.key = tenant.key();
    this.source = tenant.source();
    this.time = time;
    this.perSecond = perSecond;
    for (int i = 0; i < size; i++) {
      clients.add(new Client(name + "-" + i));
    }
  }

  /** What came of it. Times are in microseconds. */
  static final class Result {
    final Samples admitted = new Samples();
    final Samples refused = new Samples();
    long sent;

    /** What an open crowd had no connection for. */
    long unsent;

    long refusedWithoutRetryAfter;

    /** Neither a success nor a refusal, or no answer at all. */
    final List<String> wrong = new ArrayList<>();

    double seconds;

    double throughput() {
      return admitted.count() / seconds;
    }

    double offered() {
      return sent / seconds;
    }
  }

  /** Sends until the time is up, and waits for the answers. */
  @Override
  public Result call() throws IOException {
    try (Selector selector = Selector.open()) {
      for (Client client : clients) {
        client.connect(selector);
        idle.add(client);
      }
      long begin = System.nanoTime();
      long end = begin + time.toNanos();
      for (long now = begin; now < end; now = System.nanoTime()) {
        sendDue((now - begin) / 1e9);
        turn(selector);
      }
      result.seconds = (System.nanoTime() - begin) / 1e9;
      long latest = System.nanoTime() + LAST_ANSWERS_NANOS;
      while (clients.stream().anyMatch(client -> client.waits) && System.nanoTime() < latest) {
        turn(selector);
      }
    } finally {
      for (Client client : clients) {
        client.close();
      }
    }
    clients.stream()
        .filter(client -> client.waits)
        .forEach(client -> result.wrong.add("no answer to " + client.profile));
    return result;
  }

  private void sendDue(double seconds) throws IOException {
    long due = perSecond == 0 ? Long.MAX_VALUE : (long) (perSecond * seconds);
    while (result.sent + result.unsent < due) {
      Client client = idle.poll();
      if (client == null) {
        if (perSecond > 0) {
          result.unsent = due - result.sent;
        }
        return;
      }
      client.send();
      result.sent++;
    }
  }

  private void turn(Selector selector) throws IOException {
    selector.select(key -> ((Client) key.attachment()).receive(), 1);
  }

  /** The numbers that were acknowledged last, by profile; {@code -1} for none. */
  void compare(Fault fault, int stride) throws IOException, InterruptedException {
    for (int i = 0; i < clients.size(); i += stride) {
      clients.get(i).compare(fault);
    }
  }

  private final class Client {
    final String profile;
    private final byte[] request;
    private final int digits;
    private final ByteBuffer answer = ByteBuffer.allocate(LONGEST_ANSWER);
    private SocketChannel channel;
    private Selector selector;
    private long since;
    private boolean waits;
    private long number;
    private long acknowledged = -1;

    Client(String profile) {
      this.profile = profile;
      String text = "%" + DIGITS + "s";
      String body =
          """
          {"source_key":"%s","key":"%s","text":"%s","info":{"full_name":"Harry Potter",
           "email":"harry@example.com","summary":"%s"},
           "experiences":[{"title":"Seeker","company":"Gryffindor","description":"%s"}],
           "skills":[{"name":"flying","type":"hard"},{"name":"patience","type":"soft"}],
           "consent_algorithmic":{"owner":{"searching":true},"controller":{"searching":true}}}
          """
              .formatted(
                  source,
                  profile,
                  text.formatted("0").replace(' ', '0'),
                  "catches what is small and quick ".repeat(10),
                  "in all weathers ".repeat(10));
      String head =
          "PUT %s HTTP/1.1\r\nHost: localhost\r\nX-API-KEY: %s\r\nContent-Length: %s\r\n\r\n"
              .formatted(FaultSite.INDEXING, key, body.length());
      request = (head + body).getBytes(StandardCharsets.US_ASCII);
      digits = (head + body).indexOf("\"text\":\"") + "\"text\":\"".length();
    }

    void connect(Selector selector) throws IOException {
      this.selector = selector;
      channel =
          SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), site.port()));
      channel.configureBlocking(false);
      channel.setOption(java.net.StandardSocketOptions.TCP_NODELAY, true);
      channel.register(selector, SelectionKey.OP_READ, this);
    }

    void send() throws IOException {
      long left = ++number;
      for (int i = DIGITS - 1; i >= 0; i--) {
        request[digits + i] = (byte) ('0' + left % 10);
        left /= 10;
      }
      answer.clear();
      waits = true;
      since = System.nanoTime();
      ByteBuffer out = ByteBuffer.wrap(request);
      // The buffer of the socket is larger than a request.
      if (channel.write(out) < request.length) {
        throw new IOException("a request does not fit into the buffer of a socket");
      }
    }

    void receive() {
      try {
        if (channel.read(answer) < 0) {
          throw new IOException("the service closed the connection");
        }
        if (waits && isComplete()) {
          done();
        }
      } catch (IOException e) {
        result.wrong.add(profile + ": " + e.getMessage());
        waits = false;
        close();
        reconnect();
      }
    }

    private void reconnect() {
      try {
        connect(selector);
        idle.add(this);
      } catch (IOException e) {
        result.wrong.add(profile + " cannot connect again: " + e.getMessage());
      }
    }

    private boolean isComplete() {
      String text = head();
      int end = text.indexOf("\r\n\r\n");
      int length = text.indexOf("ontent-") < 0 ? -1 : contentLength(text);
      return end >= 0 && length >= 0 && answer.position() >= end + 4 + length;
    }

    private int contentLength(String head) {
      int at = head.toLowerCase(java.util.Locale.ROOT).indexOf("content-length: ");
      return at < 0
          ? -1
          : Integer.parseInt(head.substring(at + 16, head.indexOf('\r', at)).strip());
    }

    private String head() {
      return new String(
          answer.array(), 0, Math.min(answer.position(), 512), StandardCharsets.ISO_8859_1);
    }

    private void done() {
      waits = false;
      int micros = (int) ((System.nanoTime() - since) / 1_000);
      String head = head();
      String status = head.substring(9, 12);
      switch (status) {
        case "201" -> {
          result.admitted.add(micros);
          acknowledged = number;
        }
        case "429", "503" -> {
          result.refused.add(micros);
          if (!head.toLowerCase(java.util.Locale.ROOT).contains("\r\nretry-after: ")) {
            result.refusedWithoutRetryAfter++;
          }
        }
        default -> result.wrong.add(head);
      }
      idle.add(this);
    }

    void close() {
      try {
        if (channel != null) {
          channel.close();
        }
      } catch (IOException e) {
        result.wrong.add(profile + " cannot be closed: " + e.getMessage());
      }
    }

    void compare(Fault fault) throws IOException, InterruptedException {
      if (acknowledged < 0) {
        return;
      }
      String path = FaultSite.INDEXING + "?source_key=" + source + "&key=" + profile;
      String stored =
          site.http()
              .send(
                  site.request("GET", path, "").setHeader("X-API-KEY", key).build(),
                  java.net.http.HttpResponse.BodyHandlers.ofString())
              .body();
      long seen = Answer.parse(stored).at("/data/text").asLong(-1);
      if (seen < acknowledged || seen > number) {
        fault.lost(profile + " has " + seen + " after " + acknowledged + " was acknowledged");
      }
    }
  }
}
