package io.vitae.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitae.faults.Linearizability.Kind;
import io.vitae.faults.Linearizability.Operation;
import io.vitae.faults.Linearizability.State;
import io.vitae.testing.Answer;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Each profile behaves as if one request came after the other, with {@code If-Match} and with
 * connections to the database that break meanwhile.
 */
@Timeout(600)
class LinearizabilityIT {
  private static final List<Kind> KINDS = List.of(Kind.values());
  private static final int CLIENTS = 4;
  private static final int OPERATIONS = 12;

  private final Random random = new Random();

  @Test
  void aProfileIsLinearizable() throws Exception {
    Fault fault = new Fault("concurrent histories, connections reset");
    try (FaultSite site = FaultSite.open()) {
      for (int i = 0; i < Fault.times(30, 1_000); i++) {
        fault.tried();
        check(site, fault, "history-" + i, i % 2 == 1);
      }
    }
    fault.conclude();
  }

  private void check(FaultSite site, Fault fault, String key, boolean broken) throws Exception {
    HttpResponse<String> made = site.put(site.profile(key, "\"text\":\"0\""));
    while (made.statusCode() != 201) {
      Thread.sleep(50);
      made = site.put(site.profile(key, "\"text\":\"0\""));
    }
    List<Operation> history = Collections.synchronizedList(new ArrayList<>());
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      Client client = new Client(site, fault, key, random.nextLong(), history);
      Thread thread = new Thread(client, "client-" + i);
      thread.start();
      clients.add(thread);
    }
    if (broken) {
      Thread.sleep(random.nextInt(20));
      site.network.reset();
    }
    for (Thread client : clients) {
      client.join();
    }
    if (!Linearizability.holds(new State(1, "0", false), List.copyOf(history))) {
      fault.wrong("not linearizable: " + history);
    }
  }

  private record Client(FaultSite site, Fault fault, String key, long seed, List<Operation> history)
      implements Runnable {
    @Override
    public void run() {
      Random random = new Random(seed);
      long version = 1;
      for (int i = 0; i < OPERATIONS; i++) {
        Kind kind = KINDS.get(random.nextInt(KINDS.size()));
        long ifMatch = kind != Kind.GET && random.nextBoolean() ? version : 0;
        try {
          Operation done = perform(kind, Long.toHexString(random.nextLong()), ifMatch);
          history.add(done);
          version = done.seen() == null ? version : done.seen().version();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
    }

    private Operation perform(Kind kind, String value, long ifMatch) throws InterruptedException {
      HttpRequest.Builder request = request(kind, value);
      if (ifMatch > 0) {
        request.header("If-Match", "\"" + ifMatch + "\"");
      }
      long called = System.nanoTime();
      try {
        HttpResponse<String> answer = site.http().send(request.build(), BodyHandlers.ofString());
        long answered = System.nanoTime();
        return switch (answer.statusCode()) {
          case 200, 201 -> {
            fault.acknowledge();
            yield new Operation(kind, value, ifMatch, called, answered, false, seen(kind, answer));
          }
          case 412 -> new Operation(kind, value, ifMatch, called, answered, true, null);
          case 503 -> unknown(kind, value, ifMatch, called);
          default -> {
            fault.wrong(answer.statusCode() + " " + answer.body());
            yield unknown(kind, value, ifMatch, called);
          }
        };
      } catch (IOException e) {
        return unknown(kind, value, ifMatch, called);
      }
    }

    private static Operation unknown(Kind kind, String value, long ifMatch, long called) {
      return new Operation(kind, value, ifMatch, called, Linearizability.NEVER, false, null);
    }

    private HttpRequest.Builder request(Kind kind, String value) {
      String archive =
          "{\"source_key\":\"%s\",\"key\":\"%s\",\"is_archive\":%s}"
              .formatted(site.source, key, kind == Kind.ARCHIVE ? 1 : 0);
      return switch (kind) {
        case PUT ->
            site.request(
                "PUT", FaultSite.INDEXING, site.profile(key, "\"text\":\"" + value + "\""));
        case ARCHIVE, UNARCHIVE -> site.request("PATCH", FaultSite.INDEXING + "/archive", archive);
        case GET ->
            site.request(
                "GET", FaultSite.INDEXING + "?source_key=" + site.source + "&key=" + key, "");
      };
    }

    private static State seen(Kind kind, HttpResponse<String> answer) {
      String tag = answer.headers().firstValue("ETag").orElseThrow();
      long version = Long.parseLong(tag.replace("\"", ""));
      JsonNode data = Answer.parse(answer.body()).path("data");
      return kind == Kind.GET
          ? new State(version, data.path("text").asText(), !data.path("archived_at").isNull())
          : new State(version, "", false);
    }
  }
}
