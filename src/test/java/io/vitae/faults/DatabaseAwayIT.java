package io.vitae.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitae.boot.DurablePostgres;
import io.vitae.boot.DurablePostgres.Stop;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The database goes away in every way we know of. While it is away clients are told to try again,
 * in time, readiness says so within five seconds and liveness never; afterwards everything returns
 * by itself, with all its connections.
 */
@Timeout(600)
class DatabaseAwayIT {
  private static final int CLIENTS = 4;
  private static final Duration NOTICED = Duration.ofSeconds(5);

  /** {@code vitae.database.timeout} is five seconds; the rest is for a busy machine. */
  private static final Duration ANSWERED = Duration.ofSeconds(7);

  private static final int MAX_CONNECTIONS = 24;

  private static FaultSite site;

  @BeforeAll
  static void open() throws Exception {
    site =
        FaultSite.open(
            DurablePostgres.create(
                "max_connections=" + MAX_CONNECTIONS, "superuser_reserved_connections=0"),
            Map.of());
    site.awaitAllConnections();
  }

  @AfterAll
  static void close() {
    site.close();
  }

  @Test
  void aRestart() throws Exception {
    Fault fault = new Fault("PostgreSQL restarted");
    duringWrites(
        fault,
        Fault.times(2, 10),
        () -> {
          site.database.stop(Stop.FAST);
          isNoticed(fault);
          site.database.start();
        });
  }

  @Test
  void aFrozenServer() throws Exception {
    Fault.onlyInTheSuite();
    Fault fault = new Fault("PostgreSQL frozen (SIGSTOP)");
    duringWrites(
        fault,
        Fault.times(1, 3),
        () -> {
          site.database.freeze();
          try {
            isNoticed(fault);
            Thread.sleep(Fault.times(1, 30) * 1_000L);
            answersInTime(fault);
          } finally {
            site.database.thaw();
          }
        });
  }

  @Test
  void lostPackets() throws Exception {
    Fault fault = new Fault("packets lost");
    duringWrites(
        fault,
        Fault.times(1, 5),
        () -> {
          site.network.stall();
          isNoticed(fault);
          site.network.mend();
        });
  }

  @Test
  void resetConnections() throws Exception {
    Fault fault = new Fault("connections reset");
    duringWrites(
        fault,
        Fault.times(20, 500),
        () -> {
          site.network.reset();
          Thread.sleep(10);
        });
  }

  @Test
  void noConnectionsLeft() throws Exception {
    Fault.onlyInTheSuite();
    Fault fault = new Fault("max_connections reached");
    List<Connection> others = new ArrayList<>();
    duringWrites(
        fault,
        Fault.times(1, 5),
        () -> {
          while (others.size() < MAX_CONNECTIONS) {
            // Each one broken is taken by somebody else as soon as it is free.
            site.network.reset();
            try {
              others.add(site.database.connect());
            } catch (SQLException full) {
              Thread.sleep(5);
            }
          }
          isNoticed(fault);
          for (Connection other : others) {
            other.close();
          }
          others.clear();
        });
  }

  /** A statement that waits too long fails alone: other profiles can be written meanwhile. */
  @Test
  void aStatementThatTakesTooLong() throws Exception {
    Fault.onlyInTheSuite();
    Fault fault = new Fault("statement timeout (row locked)");
    site.put(site.profile("locked", ""));
    duringWrites(
        fault,
        Fault.times(1, 5),
        () -> {
          try (Connection other = site.database.connect();
              Statement lock = other.createStatement()) {
            other.setAutoCommit(false);
            lock.execute("SELECT FROM profile WHERE key = 'locked' FOR UPDATE");
            long start = System.nanoTime();
            HttpResponse<String> answer = site.put(site.profile("locked", "\"text\":\"x\""));
            refusedInTime(fault, answer.statusCode(), start);
            other.rollback();
          }
        });
  }

  @Test
  void aFullDisk() throws Exception {
    Fault.onlyInTheSuite();
    Fault fault = new Fault("disk full");
    Path disk = Files.createTempDirectory("vitae-full-disk-");
    if (!succeeds("mount", "-t", "tmpfs", "-o", "size=200m,mode=1777", "tmpfs", disk.toString())) {
      Files.delete(disk);
      Assumptions.abort("SKIPPED disk full: only root may mount a file system that can be filled");
    }
    try (FaultSite full =
        FaultSite.open(
            DurablePostgres.createIn(disk, "max_wal_size=64MB", "min_wal_size=32MB"), Map.of())) {
      fillAndEmpty(fault, full, disk);
    } finally {
      succeeds("umount", "-l", disk.toString());
      Files.deleteIfExists(disk);
    }
    fault.conclude();
  }

  private void fillAndEmpty(Fault fault, FaultSite full, Path disk) throws Exception {
    try (NumberedWrites writes = NumberedWrites.start(full, fault, CLIENTS)) {
      for (int i = 0; i < Fault.times(1, 3); i++) {
        writes.awaitRecovery();
        fault.tried();
        Path filler = disk.resolve("filler");
        fill(filler);
        // Large and random, so that the log needs a new segment soon.
        String text = io.vitae.testing.TestWorkspace.hex(64).repeat(2_000);
        int refused = 0;
        for (int write = 0; write < 400 && refused < 5; write++) {
          long start = System.nanoTime();
          String members = "\"text\":\"%s%s\"".formatted(text, write);
          int status = full.put(full.profile("large-" + i + "-" + write, members)).statusCode();
          if (status != 201) {
            refused++;
            refusedInTime(fault, status, start);
          }
        }
        assertThat(refused).as("writes to the full disk that were refused").isPositive();
        assertThat(full.app().health("live")).isEqualTo(200);
        Files.delete(filler);
        restartIfItGaveUp(full);
        writes.awaitRecovery();
      }
      writes.finish();
    }
  }

  /** Without room for its log PostgreSQL ends itself, and waits for its service manager. */
  private static void restartIfItGaveUp(FaultSite full) throws InterruptedException {
    full.database.start();
  }

  private static void fill(Path file) throws IOException {
    byte[] block = new byte[1 << 16];
    try (var out = Files.newOutputStream(file, StandardOpenOption.CREATE)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      assertThat(Files.size(file)).isPositive();
    }
  }

  private interface Breaking {
    void run() throws Exception;
  }

  /** Breaks something again and again while clients write. */
  private static void duringWrites(Fault fault, int times, Breaking breaking) throws Exception {
    try (NumberedWrites writes = NumberedWrites.start(site, fault, CLIENTS)) {
      writes.awaitFirst();
      for (int i = 0; i < times; i++) {
        fault.tried();
        breaking.run();
        writes.awaitRecovery();
      }
      writes.finish();
    }
    awaitReady();
    site.awaitIdle();
    site.awaitAllConnections();
    fault.conclude();
  }

  /** Readiness tells, liveness does not, and clients get their answer in time. */
  private static void isNoticed(Fault fault) throws Exception {
    long start = System.nanoTime();
    while (site.app().health("ready") != 503) {
      if (since(start).compareTo(NOTICED) > 0) {
        fault.wrong("readiness has noticed nothing after " + since(start));
        return;
      }
      Thread.sleep(50);
    }
    if (since(start).compareTo(NOTICED) > 0) {
      fault.wrong("readiness took " + since(start));
    }
    if (site.app().health("live") != 200) {
      fault.wrong("not alive");
    }
    answersInTime(fault);
  }

  private static void answersInTime(Fault fault) {
    List<CompletableFuture<Void>> answers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      long start = System.nanoTime();
      String body = site.profile("away-" + i, "");
      answers.add(
          site.http()
              .sendAsync(
                  site.request(i % 2 == 0 ? "PUT" : "GET", path(i), i % 2 == 0 ? body : "").build(),
                  HttpResponse.BodyHandlers.ofString())
              .thenAccept(answer -> refusedInTime(fault, answer.statusCode(), start)));
    }
    CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).join();
  }

  private static String path(int i) {
    String query = "?source_key=" + site.source + "&key=away-" + i;
    return FaultSite.INDEXING + (i % 2 == 0 ? "" : query);
  }

  private static void refusedInTime(Fault fault, int status, long start) {
    if (status != 503) {
      fault.wrong("status " + status + " instead of 503");
    }
    if (since(start).compareTo(ANSWERED) > 0) {
      fault.wrong("an answer took " + since(start));
    }
  }

  private static void awaitReady() throws InterruptedException {
    io.vitae.testing.Eventually.await("ready", () -> site.app().health("ready") == 200);
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static boolean succeeds(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException absent) {
      return false;
    }
  }
}
