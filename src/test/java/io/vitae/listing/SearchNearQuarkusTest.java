package io.vitae.listing;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vitae.testing.PostgresResource;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Distances of a search are great-circle distances, everywhere on earth. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class SearchNearQuarkusTest {
  private static final double EARTH_RADIUS_KM = 6371.0088;

  private Searchable search;

  @BeforeEach
  void newWorkspace() {
    search = new Searchable();
  }

  @ParameterizedTest(name = "{0}: {5} km")
  @CsvSource({
    "Paris to London,              48.8566, 2.3522,   51.5074,  -0.1278,  344",
    "a degree of latitude,         10,      20,       11,       20,       111.2",
    "a degree of the equator,      0,       20,       0,        21,       111.2",
    "across the antimeridian,      0,       179.9,    0,        -179.9,   22.2",
    "from one side of 180 to it,   52,      180,      52,       -180,     0",
    "across the north pole,        89.9,    0,        89.9,     180,      22.2",
    "across the south pole,        -89.5,   -45,      -89.5,    135,      111.2",
    "to the pole,                  90,      77,       89,       -120,     111.2",
    "on the pole,                  90,      0,        90,       123,      0",
    "from pole to pole,            90,      0,        -90,      0,        20015.1",
    "to the other end of the earth, 48.8566, 2.3522,  -48.8566, -177.6478, 20015.1",
    "a quarter of the equator,     0,       0,        0,        90,       10007.6",
  })
  void isTheGreatCircle(
      String pair, double lat, double lng, double otherLat, double otherLng, double km) {
    place("k", Double.toString(lat), Double.toString(lng));
    boolean shorterExists = km >= 1;

    if (shorterExists) {
      assertThat(search.find(near(otherLat, otherLng, "lng", km - 1))).isEmpty();
    }
    assertThat(search.find(near(otherLat, otherLng, "lng", km + 1))).containsExactly("k");
    assertThat(search.find(near(otherLat, otherLng, "lon", km + 1))).containsExactly("k");
  }

  @Test
  void isTheGreatCircleOfAnyTwoPlaces() {
    Random random = new Random(1);
    for (int i = 0; i < 40; i++) {
      double lat = 180 * random.nextDouble() - 90;
      double lng = 360 * random.nextDouble() - 180;
      place("k" + i, Double.toString(lat), '"' + Double.toString(lng) + '"');
      double otherLat = 180 * random.nextDouble() - 90;
      double otherLng = 360 * random.nextDouble() - 180;
      double km = distance(lat, lng, otherLat, otherLng);

      assertThat(search.find(near(otherLat, otherLng, "lng", km - 0.01)))
          .as("%s,%s to %s,%s: %s km", lat, lng, otherLat, otherLng, km)
          .doesNotContain("k" + i);
      assertThat(search.find(near(otherLat, otherLng, "lng", km + 0.01))).contains("k" + i);
    }
  }

  @Test
  void whoHasNoPlaceIsNowhereNear() {
    place("place", "48.5", "2.5");
    place("half", "48.5", "null");
    search.put("none", "{}");

    assertThat(search.find(near(48.5, 2.5, "lng", 0))).containsExactly("place");
    assertThat(search.find(near(-48.5, 2.5, "lng", 30_000))).containsExactly("place");
    assertThat(search.find(near(-48.5, 2.5, "lng", 1e300))).containsExactly("place");
    assertThat(search.find()).hasSize(3);
  }

  @Test
  void aPlaceFollowsEdits() {
    place("k", "48.5", "2.5");
    search.edit("k", "{'info':{'location':{'lat':0,'lng':0}}}");

    assertThat(search.find(near(48.5, 2.5, "lng", 10))).isEmpty();
    assertThat(search.find(near(0, 0, "lng", 10))).containsExactly("k");
    search.edit("k", "{'info':{}}");
    assertThat(search.find(near(0, 0, "lng", 10))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0e-400", "0e300", "1e-320", "-1e-323", "1e-170"})
  void theSmallestNumbersDoNoHarm(String number) {
    place("k", number, number);
    search.edit("k", "{'experiences_duration':" + number.replaceFirst("^-", "") + "}");

    assertThat(search.find(near(0, 0, "lng", 1))).containsExactly("k");
    assertThat(search.find("experiences_duration_max", "1")).containsExactly("k");
  }

  private void place(String key, String lat, String lng) {
    search.put(key, "{'info':{'location':{'lat':" + lat + ",'lng':" + lng + "}}}");
  }

  private static String[] near(double lat, double lng, String name, double km) {
    String point = String.format(Locale.ROOT, "{\"lat\":%.12f,\"%s\":%.12f}", lat, name, lng);
    return new String[] {
      "location_geopoint", point, "location_distance", Double.toString(km),
    };
  }

  /** By vectors, another way than the one that is tested. */
  private static double distance(double lat, double lng, double otherLat, double otherLng) {
    double[] a = vector(lat, lng);
    double[] b = vector(otherLat, otherLng);
    double x = a[1] * b[2] - a[2] * b[1];
    double y = a[2] * b[0] - a[0] * b[2];
    double z = a[0] * b[1] - a[1] * b[0];
    double sine = Math.sqrt(x * x + y * y + z * z);
    return EARTH_RADIUS_KM * Math.atan2(sine, a[0] * b[0] + a[1] * b[1] + a[2] * b[2]);
  }

  private static double[] vector(double lat, double lng) {
    double phi = Math.toRadians(lat);
    double lambda = Math.toRadians(lng);
    return new double[] {
      Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)
    };
  }
}
