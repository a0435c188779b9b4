package io.vitae.faults;

import io.vitae.testing.Answer;
import io.vitae.testing.Eventually;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Clients that send each request under a key of its own until it is acknowledged: by turns a POST
 * without a reference, of which there must be one profile at the end, and a PUT of a profile of
 * their own, whose version must have grown by one.
 */
final class KeyedWrites implements AutoCloseable {
  private static final long PAUSE_AFTER_FAILURE = 20;

  /** Every so many requests are sent once more although they were acknowledged. */
  private static final int REPEAT_EVERY = 4;

  /** How many acknowledged requests of each client are sent once more at the end. */
  private static final int REPEATED_AT_LAST = 50;

  private final FaultSite site;
  private final Fault fault;
  private final List<Client> clients = new ArrayList<>();
  private volatile boolean stopped;

  private KeyedWrites(FaultSite site, Fault fault) {
    this.site = site;
    this.fault = fault;
  }

  static KeyedWrites start(FaultSite site, Fault fault, int clients) {
    KeyedWrites writes = new KeyedWrites(site, fault);
    for (int i = 0; i < clients; i++) {
      Client client = writes.new Client(System.nanoTime() + "-" + i);
      writes.clients.add(client);
      client.start();
    }
    return writes;
  }

  /** Waits for a request that begins from now on to be acknowledged, and notes how long it took. */
  void awaitRecovery() throws InterruptedException {
    long start = System.nanoTime();
    Eventually.await(
        "a write is acknowledged",
        () -> clients.stream().anyMatch(client -> client.acknowledgedStart > start));
    fault.recovered(Duration.ofNanos(System.nanoTime() - start));
  }

  /** The same before anything was broken. */
  void awaitFirst() throws InterruptedException {
    Eventually.await("a first write", () -> fault.acknowledged() > 0);
  }

  /** Stops the clients, repeats what was acknowledged, and counts what is there. */
  void finish() throws Exception {
    close();
    for (Client client : clients) {
      client.join(60_000);
      if (client.isAlive()) {
        fault.wrong("a client still waits for an answer");
      }
    }
    Map<String, Integer> stored = stored();
    for (Client client : clients) {
      client.check(stored);
    }
  }

  @Override
  public void close() {
    stopped = true;
  }

  /** How many profiles there are of each text. */
  private Map<String, Integer> stored() throws SQLException {
    Map<String, Integer> stored = new HashMap<>();
    try (Connection connection = site.database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT text #>> '{}', count(*) FROM profile WHERE reference IS NULL GROUP BY 1")) {
      while (rows.next()) {
        stored.put(rows.getString(1), rows.getInt(2));
      }
    }
    return stored;
  }

  /** A request and, once there was one, the answer that it was acknowledged with. */
  private record Request(String method, String key, String text, String body) {}

  private final class Client extends Thread {
    private final String reference;
    private final List<Request> posts = new ArrayList<>();
    private final Map<Request, HttpResponse<String>> acknowledged = new HashMap<>();
    private long puts;
    private volatile long acknowledgedStart;

    Client(String reference) {
      super("retrier-" + reference);
      this.reference = reference;
      setDaemon(true);
    }

    @Override
    public void run() {
      try {
        for (int i = 0; !stopped; i++) {
          Request request = i % 2 == 0 ? post(i) : put(i);
          HttpResponse<String> answer = sendUntilAcknowledged(request);
          if (answer != null && i % REPEAT_EVERY < 2) {
            compare(request, answer, sendUntilAcknowledged(request));
          }
        }
      } catch (InterruptedException | RuntimeException e) {
        fault.wrong("a client ended: " + e);
      }
    }

    private Request post(int n) {
      String text = reference + " " + n;
      String body =
          "{\"source_key\":\"%s\",\"info\":{},\"text\":\"%s\"}".formatted(site.source, text);
      Request request = new Request("POST", UUID.randomUUID().toString(), text, body);
      posts.add(request);
      return request;
    }

    private Request put(int n) {
      String body =
          "{\"source_key\":\"%s\",\"reference\":\"%s\",\"info\":{},\"n\":%s}"
              .formatted(site.source, reference, n);
      return new Request("PUT", UUID.randomUUID().toString(), reference, body);
    }

    /** The answer; null when the clients were stopped before there was one. */
    private HttpResponse<String> sendUntilAcknowledged(Request request)
        throws InterruptedException {
      while (true) {
        long start = System.nanoTime();
        try {
          HttpResponse<String> answer = send(request);
          if (answer.statusCode() == 201) {
            if (acknowledged.putIfAbsent(request, answer) == null) {
              acknowledge(request, answer);
            }
            acknowledgedStart = start;
            return answer;
          }
          if (answer.statusCode() != 503) {
            fault.wrong(answer.statusCode() + " " + answer.body());
            return null;
          }
        } catch (IOException unknownOutcome) {
          // As good as a 503.
        }
        if (stopped) {
          return null;
        }
        Thread.sleep(PAUSE_AFTER_FAILURE);
      }
    }

    private void acknowledge(Request request, HttpResponse<String> answer) {
      fault.acknowledge();
      if (request.method.equals("PUT")) {
        puts++;
        String tag = answer.headers().firstValue("ETag").orElseThrow();
        if (!tag.equals("\"" + puts + "\"")) {
          fault.wrong("PUT number " + puts + " left version " + tag);
        }
      }
    }

    private void compare(Request request, HttpResponse<String> first, HttpResponse<String> again) {
      if (again == null) {
        return;
      }
      boolean same =
          again.statusCode() == first.statusCode()
              && again.body().equals(first.body())
              && again.headers().firstValue("ETag").equals(first.headers().firstValue("ETag"))
              && again.headers().firstValue("Idempotent-Replayed").isPresent();
      if (!same) {
        fault.wrong(request.method + " was answered " + first.body() + " and " + again.body());
      }
    }

    void check(Map<String, Integer> stored) throws IOException, InterruptedException {
      for (Request post : posts) {
        int profiles = stored.getOrDefault(post.text, 0);
        if (profiles > 1) {
          fault.wrong("one POST made " + profiles + " profiles");
        }
        if (profiles == 0 && acknowledged.containsKey(post)) {
          fault.lost("a POST that was acknowledged made no profile");
        }
      }
      int left = REPEATED_AT_LAST;
      for (Map.Entry<Request, HttpResponse<String>> first : acknowledged.entrySet()) {
        if (left-- == 0) {
          break;
        }
        compare(first.getKey(), first.getValue(), send(first.getKey()));
      }
      if (puts > 0) {
        String path = "?source_key=" + site.source + "&reference=" + reference;
        HttpResponse<String> answer = site.send("GET", FaultSite.INDEXING + path, "");
        String tag = answer.headers().firstValue("ETag").orElse("none");
        // The last one may have been given up before it was acknowledged.
        if (!tag.equals("\"" + puts + "\"") && !tag.equals("\"" + (puts + 1) + "\"")) {
          fault.wrong(puts + " PUTs left version " + tag + ": " + Answer.parse(answer.body()));
        }
      }
    }

    private HttpResponse<String> send(Request request) throws IOException, InterruptedException {
      return site.send(
          request.method, FaultSite.INDEXING, request.body, "Idempotency-Key", request.key);
    }
  }
}
