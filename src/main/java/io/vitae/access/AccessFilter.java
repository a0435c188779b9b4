package io.vitae.access;

import io.smallrye.mutiny.Uni;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import io.vitae.wire.ApiException;
import io.vitae.wire.ErrorCode;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Lets a request through to its resource only with a key that is good for it.
 *
 * <p>The permission follows from the method, so that a new resource cannot forget to ask for one:
 * {@code GET} and {@code HEAD} read, everything else writes.
 */
class AccessFilter {
  /** RFC 5321 §4.5.3.1.3: a path has at most 256 octets with its angle brackets. */
  private static final int MAX_EMAIL_LENGTH = 254;

  private final ApiKeys keys;
  private final Guesses guesses;

  AccessFilter(ApiKeys keys, Guesses guesses) {
    this.keys = keys;
    this.guesses = guesses;
  }

  /**
   * Lets the request through or fails.
   *
   * @return null when the key is remembered, as it nearly always is: a Uni costs a turn of the
   *     event loop even if it has its item already
   */
  @ServerRequestFilter
  Uni<Response> authenticate(ContainerRequestContext context, RoutingContext request) {
    Optional<Permission> needed = needed(context);
    Optional<ApiKeys.Grant> known = Admission.known(request);
    if (known.isPresent()) {
      admit(known, needed, request);
      return null;
    }
    return Admission.presented(request)
        .map(key -> guesses.bounded(address(request), key, () -> keys.find(key)))
        .orElseGet(() -> Uni.createFrom().item(Optional.empty()))
        .map(
            grant -> {
              admit(grant, needed, request);
              return null;
            });
  }

  private static String address(RoutingContext request) {
    SocketAddress address = request.request().remoteAddress();
    return address == null ? null : address.hostAddress();
  }

  private static void admit(
      Optional<ApiKeys.Grant> found, Optional<Permission> needed, RoutingContext request) {
    ApiKeys.Grant grant = found.orElseThrow(() -> new ApiException(ErrorCode.UNAUTHORIZED));
    Caller caller = new Caller(grant.workspaceId(), grant.permission(), actingPerson(request));
    needed.ifPresent(caller::require);
    Admission.take(request, grant.workspaceId())
        .ifPresent(
            refusal -> {
              throw new ApiException(refusal);
            });
    caller.attachTo(request);
  }

  /**
   * The JavaScript SDK sends the word {@code undefined}; whatever is not an address names nobody.
   */
  private static Optional<String> actingPerson(RoutingContext request) {
    return Optional.ofNullable(request.request().getHeader("X-USER-EMAIL"))
        .filter(email -> email.indexOf('@') > 0 && email.length() <= MAX_EMAIL_LENGTH);
  }

  private static Optional<Permission> needed(ContainerRequestContext context) {
    if (context.getUriInfo().getPath().equals(AuthResource.PATH)) {
      return Optional.empty();
    }
    String method = context.getMethod();
    boolean reads = method.equals("GET") || method.equals("HEAD");
    return Optional.of(reads ? Permission.READ : Permission.WRITE);
  }
}
