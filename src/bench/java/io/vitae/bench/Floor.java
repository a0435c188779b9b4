package io.vitae.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What no service of JSON over HTTP on a JVM is cheaper than: Vert.x, two event loops, a tree of
 * the body by Jackson, and the tree as the answer. It checks nothing and stores nothing. A process
 * of its own; it says where it listens as the service does.
 */
public final class Floor extends AbstractVerticle {
  private static final int EVENT_LOOPS = 2;

  /** Any free one, the same for both event loops. */
  private static final int SHARED_PORT = -1;

  private final ObjectMapper json = new ObjectMapper();

  /** Serves until it is stopped. */
  public static void main(String... arguments) {
    Vertx vertx = Vertx.vertx();
    vertx
        .deployVerticle(Floor.class, new DeploymentOptions().setInstances(EVENT_LOOPS))
        .onFailure(
            why -> {
              System.err.println(why);
              System.exit(1);
            });
  }

  /** Starts it; its log goes to a file. */
  static ServerProcess start(Jvm jvm, Servers servers) {
    List<String> command = new ArrayList<>(List.of(jvm.java()));
    command.addAll(Jvm.IMAGE_FLAGS);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Floor.class.getName()));
    return servers.plain("floor", command);
  }

  @Override
  public void start() {
    HttpServer server =
        vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(SHARED_PORT));
    server
        .requestHandler(request -> request.bodyHandler(body -> answer(request, body)))
        .listen()
        .onSuccess(
            up -> System.out.println("Listening on: http://127.0.0.1:" + up.actualPort() + "."));
  }

  private void answer(HttpServerRequest request, Buffer body) {
    try {
      byte[] same = json.writeValueAsBytes(json.readTree(body.getBytes()));
      request
          .response()
          .setStatusCode(201)
          .putHeader("Content-Type", "application/json")
          .end(Buffer.buffer(same));
    } catch (JsonProcessingException e) {
      request.response().setStatusCode(400).end();
    } catch (IOException e) {
      request.response().setStatusCode(500).end();
    }
  }
}
