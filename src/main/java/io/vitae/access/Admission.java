package io.vitae.access;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vitae.observe.Observer;
import io.vitae.wire.AnswerRoom;
import io.vitae.wire.ErrorCode;
import io.vitae.wire.LimitsConfig;
import io.vitae.wire.Refusal;
import io.vitae.wire.RequestBodies;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Gives a request its place, before anything else is done for it: what is too much is refused at
 * once, and what is taken on is answered in time (adr/0022).
 *
 * <p>Whose request it is, the cache of keys knows at the door. When it does not, {@link
 * AccessFilter} finds out.
 */
@Singleton
class Admission {
  private static final String PRESENTED = ApiKey.class.getName();
  private static final String KNOWN = ApiKeys.Grant.class.getName();

  /** Where a client presents its key. */
  private static final String HEADER = "X-API-KEY";

  private final ApiKeys keys;
  private final RequestBodies bodies;
  private final Room room;

  Admission(ApiKeys keys, RequestBodies bodies, LimitsConfig limits, Observer observer) {
    this.keys = keys;
    this.bodies = bodies;
    this.room = new Room(limits.requests(), limits.requestBytes().asLongValue());
    observer.watchRequests(room::taken);
  }

  /** Right behind the front door. */
  void install(@Observes Router router) {
    router.route("/v1/*").order(Integer.MIN_VALUE + 1).handler(this::enter);
  }

  private void enter(RoutingContext request) {
    Room.Place place = room.place(bodies.announced(request));
    if (request.response().ended() || request.response().closed()) {
      place.leave();
    } else {
      request.addEndHandler(ignored -> place.leave());
    }
    request.put(AnswerRoom.KEY, place);
    Optional<ApiKey> presented = ApiKey.parse(request.request().getHeader(HEADER));
    request.put(PRESENTED, presented);
    Optional<ApiKeys.Grant> known = presented.flatMap(keys::known);
    request.put(KNOWN, known);
    known
        .flatMap(grant -> place.take(grant.workspaceId()))
        .ifPresentOrElse(refusal -> Refusal.unread(request, refusal), request::next);
  }

  /** The key that a request brings, if it is formed like one. */
  static Optional<ApiKey> presented(RoutingContext request) {
    return request.get(PRESENTED);
  }

  /** What that key is good for, if it was known at the door. */
  static Optional<ApiKeys.Grant> known(RoutingContext request) {
    return request.get(KNOWN);
  }

  /**
   * Takes a request's place, if it has none yet.
   *
   * @return why there is none for it
   */
  static Optional<ErrorCode> take(RoutingContext request, long workspaceId) {
    Room.Place place = request.get(AnswerRoom.KEY);
    return place.take(workspaceId);
  }
}
