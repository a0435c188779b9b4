package io.vitae.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitae.boot.DurablePostgres;
import io.vitae.testing.Eventually;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Ten times as much as the service can do, under the memory settings of the image: what it cannot
 * do it says at once, and what it takes on it does in time. All that is held to is ratios, because
 * clients, service and database share one machine.
 */
@Timeout(600)
class OverloadIT {
  private static final int MEMORY_MEBIBYTES = 256;
  private static final int SATURATING = 64;
  private static final int TIMES = 10;
  private static final int SOON_MICROS = 100_000;
  private static final int LARGE_BYTES = 800_000;
  private static final int LARGE_CLIENTS = 64;
  private static final Duration PROBED = Duration.ofSeconds(1);

  /** {@code timeoutSeconds} of the probes in {@code k8s/base}. */
  private static final Duration PROBED_BESIDE_LARGE = Duration.ofSeconds(3);

  private static final int SLOWER = 3;
  private static final int SHARE_PERCENT = 40;

  private static FaultSite site;
  private static ExecutorService threads;
  private static Tenant one;
  private static Tenant other;

  @BeforeAll
  static void open() throws Exception {
    // A few seconds beside a compiler tell nothing: what a build can tell, RoomTest does.
    Fault.onlyInTheSuite();
    site =
        FaultSite.open(
            DurablePostgres.create(),
            Map.of(),
            // Some of the options are for the JVM of the image alone.
            "-XX:+IgnoreUnrecognizedVMOptions",
            "-XX:TieredStopAtLevel=4",
            "-XX:MaxRAM=" + MEMORY_MEBIBYTES + "m",
            "@" + Path.of("docker", "jvm.options").toAbsolutePath());
    threads = Executors.newCachedThreadPool();
    one = Tenant.in(site.database);
    other = Tenant.in(site.database);
    Crowd.Result warm = closed(one, "warm", Duration.ofSeconds(15)).call();
    // To refuse takes practice, too.
    open(one, "rush", warm.throughput(), Duration.ofSeconds(10)).call();
  }

  @AfterAll
  static void close() {
    if (site != null) {
      threads.shutdownNow();
      site.close();
    }
  }

  @Test
  void whatIsTooMuchIsRefusedAtOnce() throws Exception {
    Fault fault = new Fault("overload (10 × saturation)");
    Crowd.Result saturated = closed(one, "saturating", Duration.ofSeconds(10)).call();
    Crowd crowd = open(one, "many", saturated.throughput(), Duration.ofSeconds(60));
    Probes probes = Probes.start(site.app(), fault, PROBED);
    Crowd.Result overload;
    try (probes) {
      overload = crowd.call();
    }

    int allowed = SLOWER * saturated.admitted.percentile(99);
    FaultTable.note(
        ("Overload: saturated by %d connections at %,.0f/s with a p99 of %,.1f ms; offered %.1f"
                + " times as much, it did %,.0f/s with a p99 of %,.1f ms and refused the rest with"
                + " a p99 of %,.1f ms, at most %,.1f ms; the slowest probe took %,d ms; at most"
                + " %d MiB were resident, %d MiB of them in no file.")
            .formatted(
                SATURATING,
                saturated.throughput(),
                millis(saturated.admitted, 99),
                overload.offered() / saturated.throughput(),
                overload.throughput(),
                millis(overload.admitted, 99),
                millis(overload.refused, 99),
                millis(overload.refused, 100),
                probes.slowestMillis(),
                probes.mostResident(),
                probes.mostAnonymous()));
    fault.tried(overload.sent);
    count(fault, overload);
    atMost(fault, "p99 of what was done", overload.admitted.percentile(99), allowed);
    int soon = Fault.isFull() ? SOON_MICROS : Math.max(SOON_MICROS, allowed);
    atMost(fault, "p99 of refusals", overload.refused.percentile(99), soon);
    atMost(fault, "MiB in no file", probes.mostAnonymous(), MEMORY_MEBIBYTES);
    crowd.compare(fault, Fault.isFull() ? 1 : 8);
    rests();
    fault.conclude();
  }

  @Test
  void oneWorkspaceLeavesAnotherItsShare() throws Exception {
    Fault fault = new Fault("overload by another workspace");
    Crowd.Result alone = closed(other, "alone", Duration.ofSeconds(10)).call();
    Future<Crowd.Result> greedy =
        threads.submit(open(one, "greedy", alone.throughput(), Duration.ofSeconds(30)));
    Crowd beside = closed(other, "beside", Duration.ofSeconds(28));
    Crowd.Result shared = beside.call();
    Crowd.Result others = greedy.get();

    FaultTable.note(
        "Another workspace at 10 times saturation: %,.0f/s of its own %,.0f/s were left (%.0f %%), with a p99 of %,.1f ms instead of %,.1f ms; the greedy one had %,.0f/s."
            .formatted(
                shared.throughput(),
                alone.throughput(),
                100 * shared.throughput() / alone.throughput(),
                millis(shared.admitted, 99),
                millis(alone.admitted, 99),
                others.throughput()));
    fault.tried(others.sent + shared.sent);
    count(fault, shared);
    if (shared.throughput() < SHARE_PERCENT / 100.0 * alone.throughput()) {
      fault.wrong("%.0f/s of %.0f/s were left".formatted(shared.throughput(), alone.throughput()));
    }
    beside.compare(fault, 1);
    rests();
    fault.conclude();
  }

  @Test
  void largeBodiesFindRoomOrNone() throws Exception {
    Fault fault = new Fault("overload (large bodies)");
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    String text = "x".repeat(LARGE_BYTES / 4);
    String members = "\"a\":\"%1$s\",\"b\":\"%1$s\",\"c\":\"%1$s\",\"d\":\"%1$s\"".formatted(text);
    AtomicLong refused = new AtomicLong();
    List<Future<?>> clients = new ArrayList<>();
    Probes probes = Probes.start(site.app(), fault, PROBED_BESIDE_LARGE);
    try (probes) {
      for (int i = 0; i < LARGE_CLIENTS; i++) {
        String body = site.profile("large-" + i, members);
        clients.add(
            threads.submit(
                () -> {
                  while (System.nanoTime() < end) {
                    refused.addAndGet(large(fault, body) ? 0 : 1);
                  }
                  return null;
                }));
      }
      for (Future<?> client : clients) {
        client.get();
      }
    }

    FaultTable.note(
        ("Bodies of %,d KiB from %d clients: %,d were stored and %,d refused; at most %d MiB were"
                + " resident, %d MiB of them in no file.")
            .formatted(
                LARGE_BYTES / 1024,
                LARGE_CLIENTS,
                fault.acknowledged(),
                refused.get(),
                probes.mostResident(),
                probes.mostAnonymous()));
    assertThat(fault.acknowledged()).isPositive();
    rests();
    fault.conclude();
  }

  /** Whether it was stored rather than refused. */
  private static boolean large(Fault fault, String body) throws InterruptedException {
    fault.tried();
    try {
      HttpResponse<String> answer = site.put(body);
      if (answer.statusCode() == 201) {
        fault.acknowledge();
        return true;
      }
      boolean refused = answer.statusCode() == 429 || answer.statusCode() == 503;
      if (!refused || answer.headers().firstValue("Retry-After").isEmpty()) {
        fault.wrong(answer.statusCode() + " " + answer.headers() + " " + answer.body());
      }
    } catch (IOException e) {
      fault.wrong("no answer: " + e);
    }
    return false;
  }

  private static void count(Fault fault, Crowd.Result result) {
    for (int i = 0; i < result.admitted.count(); i++) {
      fault.acknowledge();
    }
    result.wrong.forEach(fault::wrong);
    if (result.refusedWithoutRetryAfter > 0) {
      fault.wrong(result.refusedWithoutRetryAfter + " refusals without Retry-After");
    }
  }

  private static void atMost(Fault fault, String what, long seen, long limit) {
    if (seen > limit) {
      fault.wrong("%s: %,d is more than %,d".formatted(what, seen, limit));
    }
  }

  /** Nothing of it stays. */
  private static void rests() throws InterruptedException {
    Eventually.await("nobody waits", () -> site.gauge("vitae_batch_waiting") == 0);
    site.awaitIdle();
    assertThat(site.app().output()).doesNotContain("\"level\":\"ERROR\"");
  }

  private static Crowd closed(Tenant tenant, String name, Duration time) {
    return new Crowd(site, tenant, name, SATURATING, 0, time);
  }

  private static Crowd open(Tenant tenant, String name, double saturation, Duration time) {
    return new Crowd(site, tenant, name, TIMES * SATURATING, TIMES * saturation, time);
  }

  private static double millis(Samples micros, double percent) {
    return micros.percentile(percent) / 1_000.0;
  }
}
