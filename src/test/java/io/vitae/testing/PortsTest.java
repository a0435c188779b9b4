package io.vitae.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

class PortsTest {

  @Test
  void noConnectionIsGivenThePortOfAServerThatIsDown() throws IOException {
    int port = Ports.unused();

    try (ServerSocket server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress())) {
      for (int i = 0; i < 100; i++) {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort())) {
          assertThat(client.getLocalPort()).isGreaterThan(port);
        }
      }
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
