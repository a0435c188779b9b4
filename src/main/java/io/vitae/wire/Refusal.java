package io.vitae.wire;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** An error that is answered before a resource is reached. */
public final class Refusal {
  private Refusal() {}

  /** Answers a request. */
  static void answer(RoutingContext request, ErrorCode code) {
    request.response().end(begin(request, code));
  }

  /** Writes the head of an answer; returns the body, with which it is to be ended. */
  static Buffer begin(RoutingContext request, ErrorCode code) {
    HttpServerResponse response = request.response();
    // The router refuses a request without a host, or with a path that is none, before any route.
    if (!response.headers().contains(RequestId.HEADER)) {
      response.putHeader(RequestId.HEADER, RequestId.assign(request));
    }
    response.putHeader(HttpHeaderNames.CONTENT_TYPE, Envelope.CONTENT_TYPE);
    ApiException failure = new ApiException(code);
    if (code.isTransient()) {
      response.putHeader(
          HttpHeaderNames.RETRY_AFTER, Long.toString(failure.retryAfter().toSeconds()));
    }
    response.setStatusCode(code.status());
    return Envelope.failure(code, failure.getMessage(), failure.errors(), RequestId.of(request));
  }

  /**
   * Answers a request whose body, if it has one, nobody will read. A client may finish sending one
   * of declared length, to go on with its next request; one without end is cut off.
   */
  public static void unread(RoutingContext request, ErrorCode code) {
    if (request.request().getHeader(HttpHeaderNames.TRANSFER_ENCODING) != null) {
      RequestBodies.refuseTheRest(request);
    }
    answer(request, code);
    request.request().resume();
  }
}
