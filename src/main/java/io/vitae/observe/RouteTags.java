package io.vitae.observe;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import io.vitae.wire.Routes;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Lets only the API's own routes, and methods that there are, name a request in the metrics.
 *
 * <p>A request that is refused before it reaches a route, because its path cannot be decoded, its
 * method is none or its body is too large, would be counted under the words that were sent: as many
 * meters as there are words to think of, and whatever somebody wrote into one.
 */
@Singleton
class RouteTags implements MeterFilter {
  /** Every path of the API. */
  static final Set<String> ROUTES = Routes.METHODS.keySet();

  /** What Quarkus itself calls the requests that it has no route for. */
  private static final Set<String> OUTCOMES = Set.of("NOT_FOUND", "REDIRECTION", "UNKNOWN");

  /** Of RFC 9110 and RFC 5789. */
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");

  private static final String SERVER = "http.server.";
  private static final String REQUESTS = "http.server.requests";

  @Override
  public Meter.Id map(Meter.Id id) {
    if (!id.getName().startsWith(SERVER)) {
      return id;
    }
    Meter.Id mapped = known(id, "method", METHODS::contains);
    return id.getName().equals(REQUESTS)
        ? known(mapped, "uri", uri -> ROUTES.contains(uri) || OUTCOMES.contains(uri))
        : mapped;
  }

  private static Meter.Id known(Meter.Id id, String key, Predicate<String> isKnown) {
    String value = id.getTag(key);
    return value == null || isKnown.test(value)
        ? id
        : id.replaceTags(
            id.getTags().stream()
                .map(tag -> tag.getKey().equals(key) ? Tag.of(key, "UNKNOWN") : tag)
                .toList());
  }
}
