package io.vitae.faults;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitae.profile.ProfileModel;
import io.vitae.profile.RandomPuts;
import io.vitae.profile.document.RandomProfiles;
import io.vitae.testing.Answer;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Bodies and queries from generators: none is our fault, none hangs, and what is stored is what the
 * contract says of what was sent.
 */
@Timeout(900)
class HostileInputIT {
  private static final int THREADS = 4;
  private static final long HANG_NANOS = Duration.ofSeconds(1).toNanos();

  /** The first requests meet a service that still compiles its code. */
  private static final int WARM_UP = 500;

  private static final List<String> SERVERS_OWN =
      List.of("id", "source", "source_key", "archive", "archived_at", "created_at", "updated_at");

  private static FaultSite site;

  private final Random base = new Random();

  @BeforeAll
  static void open() throws InterruptedException {
    site = FaultSite.open();
  }

  @AfterAll
  static void close() {
    site.close();
  }

  private interface Attack {
    void run(Random random, Fault fault) throws Exception;
  }

  @Test
  void mutatedProfiles() throws Exception {
    attack(new Fault("hostile bodies (mutated profiles)"), 1_200, 90_000, this::mutatedProfile);
  }

  @Test
  void mutatedBytes() throws Exception {
    attack(new Fault("hostile bodies (mutated bytes)"), 1_200, 60_000, this::mutatedBytes);
  }

  @Test
  void hostileQueries() throws Exception {
    attack(new Fault("hostile queries"), 1_200, 50_000, this::query);
  }

  /** Everything that is accepted is what the model says. */
  @Test
  void sequencesOfPuts() throws Exception {
    attack(new Fault("sequences of PUTs against the model"), 40, 1_000, this::sequence);
  }

  private void attack(Fault fault, int inEveryBuild, int inTheSuite, Attack attack)
      throws Exception {
    AtomicInteger left = new AtomicInteger(Fault.times(inEveryBuild, inTheSuite));
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      long seed = base.nextLong();
      Random random = new Random(seed);
      Thread thread =
          new Thread(
              () -> {
                while (left.decrementAndGet() >= 0) {
                  try {
                    attack.run(random, fault);
                  } catch (Exception | AssertionError e) {
                    fault.wrong("after seed " + seed + ": " + e);
                  }
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    fault.conclude();
  }

  private void mutatedProfile(Random random, Fault fault) throws Exception {
    ObjectNode profile = RandomProfiles.of(random.nextLong());
    profile.put("source_key", site.source).put("key", "m" + random.nextInt(200));
    Answer put = send(fault, "PUT", FaultSite.INDEXING, bytes(profile.toString()));
    if (put.status() == 201) {
      fault.acknowledge();
    }
    // Without info the edit was fine, but there would be no first write under another name.
    if (put.status() == 201 && profile.hasNonNull("info") && random.nextInt(10) == 0) {
      roundTrip(profile, random, fault);
    }
  }

  /** What was stored is shown as it was answered, and putting it back is no new version. */
  private static void roundTrip(ObjectNode profile, Random random, Fault fault) throws Exception {
    // Under a name of its own, so that nobody writes in between.
    String key = "own" + random.nextLong(Long.MAX_VALUE);
    profile.remove("reference");
    profile.put("key", key);
    Answer put = send(fault, "PUT", FaultSite.INDEXING, bytes(profile.toString()));
    String path = FaultSite.INDEXING + "?source_key=" + site.source + "&key=" + key;
    Answer got = send(fault, "GET", path, new byte[0]);
    Answer again = send(fault, "PUT", FaultSite.INDEXING, bytes(got.data().toString()));
    if (!put.data().equals(got.data()) || !again.data().equals(got.data())) {
      fault.wrong("put " + put.text() + " got " + got.text() + " again " + again.text());
    }
    if (!put.etag().equals("\"1\"") || !again.etag().equals("\"1\"")) {
      fault.wrong("another version of " + profile);
    }
  }

  private void mutatedBytes(Random random, Fault fault) throws Exception {
    ObjectNode profile = RandomProfiles.of(random.nextInt(1_000));
    profile.put("source_key", site.source).put("key", "b" + random.nextInt(200));
    byte[] body = Bytes.mutate(bytes(profile.toString()), random);
    String method = random.nextInt(5) == 0 ? "POST" : "PUT";
    Answer answer = send(fault, method, FaultSite.INDEXING, body);
    if (answer.status() == 201) {
      fault.acknowledge();
    }
  }

  private void query(Random random, Fault fault) throws Exception {
    send(fault, "GET", Queries.next(random, site.source), new byte[0]);
  }

  private void sequence(Random random, Fault fault) throws Exception {
    String key = "s" + random.nextLong();
    RandomPuts puts = new RandomPuts(random.nextLong());
    ProfileModel model = new ProfileModel(key);
    for (int i = 0; i < 10; i++) {
      ObjectNode body = puts.next(key, i == 0);
      // References are unique in a source, which all sequences share.
      body.remove("reference");
      model.put(body);
      body.put("source_key", site.source);
      Answer answer = send(fault, "PUT", FaultSite.INDEXING, bytes(body.toString()));
      if (answer.status() == 201) {
        fault.acknowledge();
      }
      compare(model, answer, fault);
    }
    String path = FaultSite.INDEXING + "?source_key=" + site.source + "&key=" + key;
    compare(model, send(fault, "GET", path, new byte[0]), fault);
  }

  private static void compare(ProfileModel model, Answer answer, Fault fault) {
    ObjectNode state = ((ObjectNode) answer.data()).deepCopy().remove(SERVERS_OWN);
    if (!state.equals(model.profile()) || !answer.etag().equals("\"" + model.version() + "\"")) {
      fault.wrong("stored " + state + " in version " + answer.etag() + " for " + model.profile());
    }
  }

  /** Milliseconds that this JVM has stood still for its collectors. */
  private static long collected() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
        .sum();
  }

  private static Answer send(Fault fault, String method, String path, byte[] body)
      throws Exception {
    HttpRequest request =
        site.request(method, path, "")
            .method(
                method,
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
            .build();
    long collected = collected();
    long start = System.nanoTime();
    HttpResponse<byte[]> response = site.http().send(request, BodyHandlers.ofByteArray());
    long took = System.nanoTime() - start;
    collected = collected() - collected;
    fault.tried();
    String text = new String(response.body(), StandardCharsets.UTF_8);
    String shown = method + " " + path + " " + new String(body, StandardCharsets.ISO_8859_1);
    if (response.statusCode() >= 500) {
      fault.wrong(response.statusCode() + " to " + shown);
    }
    if (text.contains("\tat ") || text.contains("Exception")) {
      if (!shown.contains("Exception")) {
        fault.wrong("an answer tells of the code: " + text);
      }
    }
    if (took > HANG_NANOS && fault.tries() > WARM_UP) {
      fault.wrong(
          "took %s, %d ms of them to collect garbage here, for %d bytes and %d in the answer: %s"
              .formatted(
                  Duration.ofNanos(took), collected, body.length, response.body().length, shown));
    }
    return Answer.of(response.statusCode(), response.headers(), response.body());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
