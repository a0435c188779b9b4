package io.vitae.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * Gives the description of the API to whoever asks, as it is written in {@code
 * META-INF/openapi.yaml}, or in JSON. Not before somebody asks: an extension that reads it, makes a
 * model of it and writes that took a good part of every start.
 */
@Singleton
class ApiDescription {
  private static final String PATH = "/q/openapi";

  /** RFC 9512. */
  private static final String YAML_TYPE = "application/yaml";

  private static final Buffer NOTHING = Buffer.buffer();

  private final Vertx vertx;

  ApiDescription(Vertx vertx) {
    this.vertx = vertx;
  }

  void install(@Observes Router router) {
    router.route(PATH).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(this::answer);
    router.route(PATH).handler(ApiDescription::refuse);
  }

  private void answer(RoutingContext request) {
    boolean json = wantsJson(request.request());
    // Reading a file is no work for an event loop.
    vertx
        .executeBlocking(() -> json ? Json.TEXT : Yaml.TEXT, false)
        .onSuccess(
            text -> {
              HttpServerResponse response = request.response();
              response.putHeader(
                  HttpHeaderNames.CONTENT_TYPE, json ? MediaType.APPLICATION_JSON : YAML_TYPE);
              response.putHeader(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(text.length()));
              // Viewers come from other sites, and nothing of it is secret.
              response.putHeader(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
              response.end(HttpMethod.HEAD.equals(request.request().method()) ? NOTHING : text);
            })
        .onFailure(request::fail);
  }

  private static void refuse(RoutingContext request) {
    request.response().putHeader(HttpHeaderNames.ALLOW, "GET, HEAD");
    Refusal.answer(request, ErrorCode.METHOD_NOT_ALLOWED);
  }

  /** By {@code ?format=json}, or by an {@code Accept} that names JSON and not YAML. */
  private static boolean wantsJson(HttpServerRequest request) {
    String format = request.getParam("format");
    if (format != null) {
      return format.equalsIgnoreCase("json");
    }
    String accept = request.getHeader(HttpHeaderNames.ACCEPT);
    return accept != null
        && accept.contains(MediaType.APPLICATION_JSON)
        && !accept.contains(YAML_TYPE);
  }

  /** Read when it is first asked for. */
  private static final class Yaml {
    static final Buffer TEXT = Buffer.buffer(read());

    private static byte[] read() {
      try (InputStream file = ApiDescription.class.getResourceAsStream("/META-INF/openapi.yaml")) {
        return file.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Made when it is first asked for. */
  private static final class Json {
    static final Buffer TEXT = Buffer.buffer(converted());

    private static byte[] converted() {
      try {
        return new YAMLMapper().readTree(Yaml.TEXT.getBytes()).toString().getBytes(UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
