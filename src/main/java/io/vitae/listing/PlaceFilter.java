package io.vitae.listing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.vitae.wire.Parameters;
import java.util.Optional;

/**
 * Profiles within a great-circle distance of a place, by the coordinates in {@code info.location}.
 */
final class PlaceFilter {
  /** Mean radius of the earth in km (IUGG R1). */
  private static final double EARTH_RADIUS_KM = 6371.0088;

  private final Parameters parameters;
  private final Conditions conditions;

  PlaceFilter(Parameters parameters, Conditions conditions) {
    this.parameters = parameters;
    this.conditions = conditions;
  }

  /**
   * {@code location_geopoint}, an object of {@code lat} and {@code lng} or {@code lon}, with {@code
   * location_distance}.
   */
  void readPoint() {
    Optional<String> point = parameters.text("location_geopoint");
    Optional<Double> distance = parameters.number("location_distance");
    if (point.isEmpty() && distance.isEmpty()) {
      return;
    }
    JsonNode place =
        point.isPresent()
            ? new JsonParameters(parameters).json("location_geopoint", point.get())
            : MissingNode.getInstance();
    if (place == null) {
      return;
    }
    if (!place.isObject()) {
      parameters.error("location_geopoint", "invalid_type", "must be an object of lat and lng");
      return;
    }
    JsonNode lng = place.has("lng") ? place.path("lng") : place.path("lon");
    if (!place.path("lat").isNumber() || !lng.isNumber()) {
      parameters.error("location_geopoint", "invalid_type", "must be an object of lat and lng");
    } else if (distance.isEmpty()) {
      parameters.error("location_distance", "required", "is required with location_geopoint");
    } else {
      near("location_geopoint", place.path("lat").asDouble(), lng.asDouble(), distance.get());
    }
  }

  /** A distance in km from a point, given by three parameters that need each other. */
  void read(String lat, String lng, String distance) {
    Optional<Double> latitude = parameters.number(lat);
    Optional<Double> longitude = parameters.number(lng);
    Optional<Double> km = parameters.number(distance);
    if (latitude.isPresent() && longitude.isPresent() && km.isPresent()) {
      near(lat, latitude.get(), longitude.get(), km.get());
    } else if (latitude.isPresent() || longitude.isPresent() || km.isPresent()) {
      parameters.error(lat, "required", "needs all of " + String.join(", ", lat, lng, distance));
    }
  }

  private void near(String parameter, double lat, double lng, double km) {
    if (Math.abs(lat) > 90 || Math.abs(lng) > 180 || km < 0) {
      parameters.error(parameter, "out_of_range", "must be a place on earth and a distance from 0");
      return;
    }
    double band = Math.toDegrees(km / EARTH_RADIUS_KM);
    // The band of latitudes can be read off an index; the haversine then decides. PostgreSQL fails
    // where a result is too small for a number, so differences are taken of numbers around 1000:
    // they are none at all, or at least the last digit of those.
    conditions.add("p.latitude BETWEEN ? AND ?", lat - band, lat + band);
    conditions.add(
        """
        p.longitude IS NOT NULL AND 2 * %s * asin(least(1, sqrt(
            sind((p.latitude + 1000 - ?) / 2) ^ 2
            + cosd(p.latitude) * cosd(?) * sind((p.longitude + 1000 - ?) / 2) ^ 2))) <= ?
        """
            .formatted(EARTH_RADIUS_KM),
        lat + 1000,
        lat,
        lng + 1000,
        km);
  }
}
