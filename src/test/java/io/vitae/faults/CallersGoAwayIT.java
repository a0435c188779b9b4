package io.vitae.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Callers go away in the head, in the body, while they wait for a connection, in a batch, and in
 * the answer. Nothing of the service stays in use, and those who stayed notice nothing.
 */
@Timeout(600)
class CallersGoAwayIT {
  private static final int THREADS = 8;
  private static final int READ_TIMEOUT_MILLIS = 10_000;

  private final Set<String> promised = ConcurrentHashMap.newKeySet();

  @Test
  void nothingStaysInUse() throws Exception {
    Fault fault = new Fault("caller gone (cut at a random point)");
    try (FaultSite site = FaultSite.open()) {
      site.awaitAllConnections();
      try (NumberedWrites writes = NumberedWrites.start(site, fault, 2)) {
        writes.awaitFirst();
        cutMany(site, fault);
        writes.finish();
      }
      site.awaitIdle();
      for (String key : promised) {
        if (site.get(key).statusCode() != 200) {
          fault.lost(key);
        }
      }
      site.awaitAllConnections();
      assertThat(site.app().output()).doesNotContain("\"level\":\"ERROR\"");
    }
    fault.conclude();
  }

  private void cutMany(FaultSite site, Fault fault) throws Exception {
    AtomicInteger left = new AtomicInteger(Fault.times(400, 10_000));
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Random random = new Random(i);
      Thread thread =
          new Thread(
              () -> {
                for (int n = left.decrementAndGet(); n >= 0; n = left.decrementAndGet()) {
                  try {
                    fault.tried();
                    cut(site, "gone-" + n, random);
                  } catch (IOException | InterruptedException e) {
                    fault.wrong("a connection failed: " + e);
                  }
                }
              });
      thread.start();
      threads.add(thread);
    }
    while (threads.stream().anyMatch(Thread::isAlive)) {
      lockForAMoment(site);
      Thread.sleep(100);
    }
  }

  /** Those who come meanwhile are cut while they wait for a connection or in a batch. */
  private static void lockForAMoment(FaultSite site) throws Exception {
    try (Connection other = site.database.connect();
        Statement lock = other.createStatement()) {
      other.setAutoCommit(false);
      lock.execute("LOCK TABLE profile IN SHARE MODE");
      Thread.sleep(100);
      other.rollback();
    }
  }

  private void cut(FaultSite site, String key, Random random)
      throws IOException, InterruptedException {
    String body = site.profile(key, "\"text\":\"" + "x".repeat(random.nextInt(20_000)) + "\"");
    String head =
        "PUT %s HTTP/1.1\r\nHost: localhost\r\nX-API-KEY: %s\r\nContent-Length: %s\r\n\r\n"
            .formatted(FaultSite.INDEXING, site.key, body.length());
    byte[] request = (head + body).getBytes(StandardCharsets.US_ASCII);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), site.port())) {
      socket.setSoTimeout(READ_TIMEOUT_MILLIS);
      // Half of them end with an RST instead of a FIN.
      socket.setSoLinger(random.nextBoolean(), 0);
      switch (random.nextInt(4)) {
        case 0 -> socket.getOutputStream().write(request, 0, random.nextInt(request.length));
        case 1 -> socket.getOutputStream().write(request);
        case 2 -> {
          socket.getOutputStream().write(request);
          Thread.sleep(random.nextInt(20));
        }
        default -> {
          socket.getOutputStream().write(request);
          byte[] start = socket.getInputStream().readNBytes("HTTP/1.1 201".length());
          if (new String(start, StandardCharsets.US_ASCII).endsWith(" 201")) {
            promised.add(key);
          }
        }
      }
    }
  }
}
