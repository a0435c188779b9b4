package io.vitae.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A cable on 127.0.0.1 to another port of it, for tests to cut, to stall and to mend. A cut one
 * refuses connections as a server that is down does; a stalled one takes them and says nothing
 * more, as a network that loses packets does.
 */
public final class TcpProxy implements AutoCloseable {
  private static final int BACKLOG = 128;

  private volatile int target;
  private final int port;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private ServerSocket listener;
  private volatile boolean stalled;

  private TcpProxy(int target) throws IOException {
    this.target = target;
    this.port = Ports.unused();
    this.listener = listen(port);
  }

  /** Starts a proxy of a port of 127.0.0.1. */
  public static TcpProxy to(int target) {
    try {
      return new TcpProxy(target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The port to connect to; it stays the same. */
  public int port() {
    return port;
  }

  /** Breaks every connection, and refuses new ones. */
  public synchronized void cut() {
    close(listener);
    sockets.forEach(TcpProxy::close);
    sockets.clear();
  }

  /** Breaks every connection as a firewall does that forgot them, and lets new ones through. */
  public synchronized void reset() {
    for (Socket socket : sockets) {
      try {
        // Closed so, a socket says RST instead of FIN.
        socket.setSoLinger(true, 0);
      } catch (IOException closed) {
        continue;
      }
      close(socket);
    }
    sockets.clear();
  }

  /** Leads new connections to another port of 127.0.0.1; what is open stays where it leads. */
  public void redirect(int otherTarget) {
    target = otherTarget;
  }

  /** Leads to another port of 127.0.0.1 from now on, and breaks what led to the old one. */
  public void retarget(int otherTarget) {
    target = otherTarget;
    reset();
  }

  /** Lets connections through again after {@link #cut}. */
  public synchronized void open() {
    try {
      listener = listen(port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Loses everything that is sent from now on, either way, without breaking a connection. */
  public void stall() {
    stalled = true;
  }

  /** Delivers again; what was lost broke the protocol, so connections that were open are cut. */
  public synchronized void mend() {
    stalled = false;
    sockets.forEach(TcpProxy::close);
    sockets.clear();
  }

  @Override
  public void close() {
    cut();
  }

  private ServerSocket listen(int onPort) throws IOException {
    ServerSocket server = new ServerSocket();
    server.setReuseAddress(true);
    server.bind(new InetSocketAddress(loopback(), onPort), BACKLOG);
    inBackground(() -> accept(server));
    return server;
  }

  private void accept(ServerSocket server) {
    try {
      while (true) {
        Socket client = server.accept();
        sockets.add(client);
        Socket backend = backend(client);
        if (backend == null) {
          continue;
        }
        sockets.add(backend);
        inBackground(() -> copy(client, backend));
        inBackground(() -> copy(backend, client));
        if (server.isClosed()) {
          close(client);
          close(backend);
        }
      }
    } catch (IOException closed) {
      close(server);
    }
  }

  /** A connection to the target; closes the client's and returns null when there is none. */
  private Socket backend(Socket client) {
    try {
      return new Socket(loopback(), target);
    } catch (IOException refused) {
      sockets.remove(client);
      close(client);
      return null;
    }
  }

  private void copy(Socket from, Socket to) {
    byte[] buffer = new byte[8192];
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (!stalled) {
          out.write(buffer, 0, n);
          out.flush();
        }
      }
    } catch (IOException cut) {
      close(from);
    } finally {
      close(to);
    }
  }

  private static InetAddress loopback() throws IOException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
  }

  private static void inBackground(Runnable work) {
    Thread thread = new Thread(work, "tcp-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private static void close(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception ignored) {
      // It is gone, which was the aim.
    }
  }
}
