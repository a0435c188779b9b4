package io.vitae.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitae.testing.Answer;
import io.vitae.testing.Eventually;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Clients that each write to profiles of their own, one number after the other, and read them back
 * in between. Because nobody else writes there, each answer can be checked on the spot: what was
 * acknowledged or once seen can never be older again.
 */
final class NumberedWrites implements AutoCloseable {
  private static final int PROFILES_EACH = 4;
  private static final int READ_EVERY = 4;
  private static final long PAUSE_AFTER_FAILURE = 20;

  private final FaultSite site;
  private final Fault fault;
  private final List<Client> clients = new ArrayList<>();
  private volatile boolean stopped;

  private NumberedWrites(FaultSite site, Fault fault) {
    this.site = site;
    this.fault = fault;
  }

  static NumberedWrites start(FaultSite site, Fault fault, int clients) {
    NumberedWrites writes = new NumberedWrites(site, fault);
    for (int i = 0; i < clients; i++) {
      Client client = writes.new Client(System.nanoTime() + "-" + i);
      writes.clients.add(client);
      client.start();
    }
    return writes;
  }

  /** Waits for a write that begins from now on to be acknowledged, and notes how long that took. */
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

  /** Stops the clients and compares every profile with what was acknowledged. */
  void finish() throws InterruptedException, IOException {
    close();
    for (Client client : clients) {
      client.join(60_000);
      if (client.isAlive()) {
        fault.wrong("a client still waits for an answer");
      }
      client.check();
    }
  }

  @Override
  public void close() {
    stopped = true;
  }

  private static final class Profile {
    final String key;
    long attempted;

    /** The newest number known to be there, acknowledged or seen. */
    long known;

    long version;

    Profile(String key) {
      this.key = key;
    }
  }

  private final class Client extends Thread {
    final List<Profile> profiles = new ArrayList<>();
    volatile long acknowledgedStart;

    Client(String name) {
      super("writer-" + name);
      setDaemon(true);
      for (int i = 0; i < PROFILES_EACH; i++) {
        profiles.add(new Profile(name + "-" + i));
      }
    }

    @Override
    public void run() {
      try {
        for (int i = 0; !stopped; i++) {
          Profile profile = profiles.get(i % profiles.size());
          try {
            if (i / profiles.size() % READ_EVERY == READ_EVERY - 1) {
              read(profile);
            } else {
              write(profile);
            }
          } catch (IOException unknownOutcome) {
            Thread.sleep(PAUSE_AFTER_FAILURE);
          }
        }
      } catch (InterruptedException | RuntimeException e) {
        fault.wrong("a client ended: " + e);
      }
    }

    private void write(Profile profile) throws IOException, InterruptedException {
      long start = System.nanoTime();
      long n = ++profile.attempted;
      String members = "\"text\":\"%s\",\"n\":%s,\"tags\":[{\"name\":\"n\",\"value\":%s}]";
      HttpResponse<String> answer = site.put(site.profile(profile.key, members.formatted(n, n, n)));
      if (answer.statusCode() == 201) {
        profile.known = n;
        fault.acknowledge();
        acknowledgedStart = start;
        compare(profile, answer);
      } else {
        refused(answer);
      }
    }

    /** Whether there was an answer to compare. */
    private boolean read(Profile profile) throws IOException, InterruptedException {
      HttpResponse<String> answer = site.get(profile.key);
      if (answer.statusCode() == 200) {
        compare(profile, answer);
        return true;
      }
      if (answer.statusCode() == 400 && answer.body().contains("object: profile")) {
        if (profile.known > 0) {
          fault.lost(profile.key + " is gone, which had " + profile.known);
        }
        return true;
      }
      refused(answer);
      return false;
    }

    private void compare(Profile profile, HttpResponse<String> answer) {
      JsonNode data = Answer.parse(answer.body()).path("data");
      long n = data.path("n").asLong(-1);
      String tag = answer.headers().firstValue("ETag").orElseThrow();
      long version = Long.parseLong(tag.replace("\"", ""));
      if (n < profile.known || version < profile.version) {
        fault.lost(
            "%s has %s in version %s after %s in %s"
                .formatted(profile.key, n, version, profile.known, profile.version));
      }
      if (n > profile.attempted) {
        fault.wrong(profile.key + " has " + n + ", which was never written");
      }
      if (!data.path("text").asText().equals(Long.toString(n))
          || data.at("/tags/0/value").asLong(-1) != n) {
        fault.wrong(profile.key + " is half of " + n);
      }
      profile.known = Math.max(profile.known, n);
      profile.version = Math.max(profile.version, version);
    }

    private void refused(HttpResponse<String> answer) throws InterruptedException {
      if (answer.statusCode() != 503 || answer.headers().firstValue("Retry-After").isEmpty()) {
        fault.wrong(answer.statusCode() + " " + answer.body());
      }
      Thread.sleep(PAUSE_AFTER_FAILURE);
    }

    /** After the last fault there is nothing to fail any more. */
    void check() throws InterruptedException {
      for (Profile profile : profiles) {
        Eventually.await(profile.key + " can be read", () -> isChecked(profile));
      }
    }

    private boolean isChecked(Profile profile) {
      try {
        return read(profile);
      } catch (IOException e) {
        return false;
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
