package io.vitae.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports of 127.0.0.1 for servers that have to be told theirs: because they are started again on the
 * same one, or cannot tell which one they took.
 *
 * <p>A port that the system picks, as it does for port 0, may be given to any outgoing connection
 * before the server binds it or while the server is down. These are below the range that Linux
 * (32768 and up) and macOS (49152 and up) give to connections.
 */
public final class Ports {
  private static final int FIRST = 20_000;
  private static final int COUNT = 12_000;

  /** Begins anywhere, so that two JVMs do not try the same ones at the same time. */
  private static final AtomicInteger NEXT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

  private Ports() {}

  /** A port that nobody listens on, another one at each call. */
  public static int unused() {
    for (int tries = 0; tries < COUNT; tries++) {
      int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
      if (isUnused(port)) {
        return port;
      }
    }
    throw new IllegalStateException("no unused port");
  }

  private static boolean isUnused(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      // Connections that have ended may still wait there; a server does not mind them either.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (BindException taken) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
