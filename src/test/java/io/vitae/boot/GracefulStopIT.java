package io.vitae.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitae.testing.Eventually;
import io.vitae.testing.PackagedApp;
import io.vitae.testing.TestWorkspace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** SIGTERM loses nothing and ends in time, with exit code 0. */
@Timeout(120)
class GracefulStopIT {
  private static final String KEY = "ask_" + TestWorkspace.hex(32);
  private static final String SOURCE = TestWorkspace.hex(40);
  private static final String BODY =
      """
      {"source_key": "%s", "key": "%s", "info": {"full_name": "Ada"}}""";

  private static final Pattern IN_FLIGHT =
      Pattern.compile("^vitae_requests 1\\.0$", Pattern.MULTILINE);

  private static EmbeddedPostgres database;

  @BeforeAll
  static void startDatabase() {
    database = EmbeddedPostgres.start();
  }

  @AfterAll
  static void stopDatabase() {
    database.close();
  }

  @Test
  void servesDuringTheDelayAndFinishesWhatIsInFlight() throws Exception {
    try (PackagedApp app = PackagedApp.start(environment("2S", "20S")).awaitReady();
        Upload upload = new Upload(app.api("/"), BODY.formatted(SOURCE, "in-flight"))) {
      upload.sendHalfTo(app);
      app.terminate();
      Eventually.await("it is no longer ready", () -> app.health("ready") == 503);
      assertThat(app.health("live")).isEqualTo(200);

      HttpResponse<String> late = app.put(KEY, BODY.formatted(SOURCE, "late"));
      assertThat(late.statusCode()).as(late.body()).isEqualTo(201);
      assertThat(late.headers().firstValue("Connection")).hasValue("close");

      Eventually.await(
          "it waits for the upload",
          () -> app.output().contains("Waiting for HTTP requests to complete"));
      upload.sendRest();
      assertThat(upload.answer()).startsWith("HTTP/1.1 201");
      assertThat(app.exitCode()).isZero();
    }
  }

  @Test
  void waitsNoLongerThanItMay() throws Exception {
    try (PackagedApp app = PackagedApp.start(environment("0S", "1S")).awaitReady();
        Upload upload = new Upload(app.api("/"), BODY.formatted(SOURCE, "stuck"))) {
      upload.sendHalfTo(app);
      app.terminate();
      assertThat(app.exitCode()).isZero();
      assertThat(app.output()).contains("Timed out waiting for graceful shutdown");
    }
  }

  private static Map<String, String> environment(String delay, String timeout) {
    Map<String, String> environment = PackagedApp.migrating(database);
    environment.put("QUARKUS_SHUTDOWN_DELAY", delay);
    environment.put("QUARKUS_SHUTDOWN_TIMEOUT", timeout);
    return PackagedApp.bootstrapping(environment, KEY, SOURCE);
  }

  /** A PUT whose body comes in two parts. */
  private static final class Upload implements AutoCloseable {
    private final Socket socket;
    private final byte[] body;

    Upload(URI server, String body) throws IOException {
      this.socket = new Socket(server.getHost(), server.getPort());
      this.body = body.getBytes(StandardCharsets.UTF_8);
    }

    void sendHalfTo(PackagedApp app) throws IOException, InterruptedException {
      String head =
          "PUT /v1/profile/indexing HTTP/1.1\r\nHost: test\r\nX-API-KEY: "
              + KEY
              + "\r\nContent-Length: "
              + body.length
              + "\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(body, 0, body.length / 2);
      socket.getOutputStream().flush();
      Eventually.await("it has begun", () -> IN_FLIGHT.matcher(app.metrics()).find());
    }

    void sendRest() throws IOException {
      socket.getOutputStream().write(body, body.length / 2, body.length - body.length / 2);
      socket.getOutputStream().flush();
    }

    String answer() throws IOException {
      return new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
          .readLine();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
