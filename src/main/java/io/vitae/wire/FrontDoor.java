package io.vitae.wire;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * What every request passes before anything else looks at it, and where a request that fails
 * outside a resource is answered: it gets its id, its content type, and its first size check.
 */
@Singleton
class FrontDoor {
  private static final Logger LOG = Logger.getLogger(FrontDoor.class);

  /** The id's name in the fields of a log line. */
  private static final String MDC_KEY = "request_id";

  /** The API description and its viewer have content types of their own. */
  private static final String NOT_THE_API = "/q/";

  private final long bodyLimit;

  FrontDoor(LimitsConfig limits) {
    bodyLimit = limits.body().asLongValue();
  }

  void install(@Observes Router router) {
    router.route().order(Integer.MIN_VALUE).handler(this::enter).failureHandler(this::fail);
    // A path that cannot be decoded matches no route, not even the one above.
    router.errorHandler(400, this::refuseUnroutable);
  }

  private void enter(RoutingContext request) {
    String id = RequestId.assign(request);
    MDC.put(MDC_KEY, id);
    HttpServerResponse response = request.response();
    response.putHeader(RequestId.HEADER, id);
    if (!isReadable(request.request().uri()) || !isFramed(request)) {
      Refusal.answer(request, ErrorCode.INVALID_REQUEST);
      return;
    }
    if (request.normalizedPath().startsWith(NOT_THE_API)) {
      request.next();
      return;
    }
    // Answers are JSON, whatever a client accepts.
    request.request().headers().remove(HttpHeaderNames.ACCEPT);
    // The frameworks below add a charset or none at all; this handler is the last to see the
    // headers.
    request.addHeadersEndHandler(
        ignored -> response.putHeader(HttpHeaderNames.CONTENT_TYPE, Envelope.CONTENT_TYPE));
    if (declaredLength(request.request()) > bodyLimit) {
      RequestBodies.refuseTheRest(request);
      Refusal.answer(request, ErrorCode.BODY_TOO_LARGE);
    } else {
      onceAnswersAreRead(request);
    }
  }

  /**
   * Lets a pipelined request wait until the client has read what was answered before: its answer
   * would be one more to keep.
   */
  private static void onceAnswersAreRead(RoutingContext request) {
    if (request.request().version() == HttpVersion.HTTP_2) {
      request.next();
      return;
    }
    Pipelining.bound(request.request().connection());
    HttpServerResponse response = request.response();
    if (!response.writeQueueFull()) {
      request.next();
      return;
    }
    request.request().pause();
    response.drainHandler(
        ignored -> {
          response.drainHandler(null);
          request.request().resume();
          request.next();
        });
  }

  /**
   * Whether what is escaped in the address can be decoded. Quarkus's own check, which the start of
   * the process turns off, answers with nothing but a status, and refuses the bare JSON arrays that
   * clients send in a query.
   */
  private static boolean isReadable(String uri) {
    for (int at = uri.indexOf('%'); at >= 0; at = uri.indexOf('%', at + 1)) {
      if (at + 2 >= uri.length()
          || Character.digit(uri.charAt(at + 1), 16) < 0
          || Character.digit(uri.charAt(at + 2), 16) < 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether it is sure where the body ends. With another coding than chunked it is not (RFC 9112,
   * section 6.3), and what follows could be taken for a request that a proxy in front never saw.
   */
  private static boolean isFramed(RoutingContext request) {
    String coding = request.request().getHeader(HttpHeaderNames.TRANSFER_ENCODING);
    boolean framed = coding == null || coding.trim().equalsIgnoreCase("chunked");
    if (!framed) {
      request.addEndHandler(ignored -> request.request().connection().close());
    }
    return framed;
  }

  /** What the client says the body has, in bytes; 0 when it does not say. */
  static long declaredLength(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaderNames.CONTENT_LENGTH);
    try {
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException e) {
      // More digits than a long has: the HTTP codec lets nothing but digits pass.
      return Long.MAX_VALUE;
    }
  }

  /** Answers what the router itself refuses, such as an undecodable path. */
  private void fail(RoutingContext request) {
    if (request.response().ended() || request.response().closed()) {
      return;
    }
    int status = request.statusCode();
    if (status == 404) {
      Refusal.answer(request, ErrorCode.NOT_FOUND);
    } else if (status == 405) {
      Refusal.answer(request, ErrorCode.METHOD_NOT_ALLOWED);
    } else if (status == 413) {
      Refusal.answer(request, ErrorCode.BODY_TOO_LARGE);
    } else if ((status >= 400 && status < 500)
        || request.failure() instanceof IllegalArgumentException) {
      Refusal.answer(request, ErrorCode.INVALID_REQUEST);
    } else {
      LOG.error("Internal error", request.failure());
      Refusal.answer(request, ErrorCode.INTERNAL);
    }
  }

  private void refuseUnroutable(RoutingContext request) {
    if (!request.response().ended()) {
      Refusal.answer(request, ErrorCode.INVALID_REQUEST);
    }
  }
}
