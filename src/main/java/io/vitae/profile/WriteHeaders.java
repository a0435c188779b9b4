package io.vitae.profile;

import io.vertx.ext.web.RoutingContext;
import io.vitae.access.Caller;
import io.vitae.wire.IdempotentRequest;
import io.vitae.wire.Preconditions;
import java.util.Optional;

/**
 * What the headers of a PUT or POST say.
 *
 * @param once by what the request is known again, if it has an {@code Idempotency-Key}
 */
record WriteHeaders(Caller caller, Preconditions conditions, Optional<IdempotentRequest> once) {

  /**
   * Reads the headers of a request.
   *
   * @param body as it came
   */
  static WriteHeaders of(RoutingContext request, byte[] body) {
    return new WriteHeaders(
        Caller.of(request), Preconditions.of(request), IdempotentRequest.of(request, body));
  }
}
