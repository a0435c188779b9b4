package io.vitae.observe;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import io.vitae.wire.Routes;
import jakarta.inject.Singleton;
import java.util.Set;

/**
 * Lets only the API's own routes name a request in the metrics.
 *
 * <p>A request that is refused before it reaches a route, because its path cannot be decoded or its
 * body is too large, would be counted under the path as it was sent: as many meters as there are
 * paths to think of, and whatever somebody wrote into one.
 */
@Singleton
class RouteTags implements MeterFilter {
  /** Every path of the API. */
  static final Set<String> ROUTES = Routes.METHODS.keySet();

  /** What Quarkus itself calls the requests that it has no route for. */
  private static final Set<String> OUTCOMES = Set.of("NOT_FOUND", "REDIRECTION", "UNKNOWN");

  private static final String REQUESTS = "http.server.requests";
  private static final String URI = "uri";

  @Override
  public Meter.Id map(Meter.Id id) {
    String uri = id.getName().equals(REQUESTS) ? id.getTag(URI) : null;
    return uri == null || ROUTES.contains(uri) || OUTCOMES.contains(uri)
        ? id
        : id.replaceTags(
            id.getTags().stream()
                .map(tag -> tag.getKey().equals(URI) ? Tag.of(URI, "UNKNOWN") : tag)
                .toList());
  }
}
