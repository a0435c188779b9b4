package io.vitae.wire;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Renders every failure of a resource: the one place where an exception becomes an answer. */
class ErrorAnswers {
  private static final Logger LOG = Logger.getLogger(ErrorAnswers.class);

  @ServerExceptionMapper
  Response known(ApiException failure, RoutingContext request) {
    return answer(failure, request).build();
  }

  @ServerExceptionMapper
  Response refusedByFramework(WebApplicationException failure, RoutingContext request) {
    if (failure instanceof NotFoundException) {
      return answer(new ApiException(ErrorCode.NOT_FOUND), request).build();
    }
    if (failure instanceof NotAllowedException) {
      return answer(new ApiException(ErrorCode.METHOD_NOT_ALLOWED), request)
          .header(HttpHeaders.ALLOW, Routes.METHODS.get(request.normalizedPath()))
          .build();
    }
    int status = failure.getResponse().getStatus();
    return status >= 400 && status < 500
        ? answer(new ApiException(ErrorCode.INVALID_REQUEST), request).build()
        : unknown(failure, request);
  }

  @ServerExceptionMapper
  Response unknown(Throwable failure, RoutingContext request) {
    if (failure instanceof OutOfMemoryError noMemory) {
      // Outside of the heap; without memory in it the process ends.
      NoMemory.noted(noMemory);
      return answer(new ApiException(ErrorCode.UNAVAILABLE), request).build();
    }
    if (failure instanceof HttpClosedException) {
      LOG.debug("The client went away");
    } else {
      LOG.error("Internal error", failure);
    }
    return answer(new ApiException(ErrorCode.INTERNAL), request).build();
  }

  private static Response.ResponseBuilder answer(ApiException failure, RoutingContext request) {
    ErrorCode code = failure.code();
    Buffer body =
        Envelope.failure(code, failure.getMessage(), failure.errors(), RequestId.of(request));
    Response.ResponseBuilder response = Envelope.response(code.status(), body);
    return code.isTransient()
        ? response.header(HttpHeaders.RETRY_AFTER, Math.max(1, failure.retryAfter().toSeconds()))
        : response;
  }
}
