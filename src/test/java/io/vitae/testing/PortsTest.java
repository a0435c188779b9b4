package io.vitae.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PortsTest {

  @Test
  void noConnectionIsGivenThePortOfAServerThatIsDown() throws IOException {
    int port = Ports.unused();
    assumeThat(firstOfConnections()).as("the usual range").isGreaterThanOrEqualTo(32_768);

    try (ServerSocket server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress())) {
      for (int i = 0; i < 100; i++) {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort())) {
          assertThat(client.getLocalPort()).isGreaterThan(port);
        }
      }
    }
  }

  private static int firstOfConnections() throws IOException {
    Path range = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
    if (!Files.exists(range)) {
      return 49_152;
    }
    // In one read: what Files.readString reads first is all that this file gives.
    try (BufferedReader reader = Files.newBufferedReader(range)) {
      return Integer.parseInt(reader.readLine().strip().split("\\s+", 2)[0]);
    }
  }

  @Test
  void aPortSomebodyListensOnIsPassedOver() throws IOException {
    int taken = Ports.unused() + 1;

    try (ServerSocket server = new ServerSocket()) {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), taken));

      assertThat(Ports.unused()).isNotEqualTo(taken);
    }
  }
}
