package io.vitae.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitae.json.JsonDocument;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Makes the {@code info} of a profile. */
final class PersonGenerator {
  private static final List<String> SITES = List.of("linkedin", "twitter", "facebook", "github");

  private final SplittableRandom random;
  private final long number;

  PersonGenerator(SplittableRandom random, long number) {
    this.random = random;
    this.number = number;
  }

  ObjectNode info(boolean summarised) {
    String first = Words.any(Words.FIRST_NAMES, random);
    String last = Words.any(Words.LAST_NAMES, random);
    ObjectNode info = Json.object();
    info.put("full_name", first + ' ' + last).put("first_name", first).put("last_name", last);
    info.put("email", random.nextInt(20) > 0 ? "Candidate." + number + "@mail.example.org" : "");
    if (random.nextInt(5) > 0) {
      info.put("phone", "+33 6 %08d".formatted(random.nextInt(100_000_000)));
    }
    if (random.nextBoolean()) {
      info.put(
          "date_birth",
          "%d-%02d-11T00:00:00+0000".formatted(random.nextInt(1955, 2005), random.nextInt(1, 13)));
    }
    info.put("gender", Words.any(List.of("male", "female", "undefined"), random));
    info.set("location", location());
    info.set("urls", random.nextInt(3) > 0 ? urlsByName() : urlList());
    if (random.nextInt(3) == 0) {
      info.put("picture", "https://pictures.example.com/" + number + ".jpg");
    }
    if (summarised) {
      info.put("summary", Words.prose(100 + random.nextInt(400), random));
    }
    return info;
  }

  private ObjectNode location() {
    String city = Words.any(Words.CITIES, random);
    ObjectNode location = Json.object().put("text", random.nextInt(1, 200) + " rue, " + city);
    if (random.nextInt(3) > 0) {
      location.put("lat", BigDecimal.valueOf(random.nextInt(360_000, 600_000), 4));
      location.put("lng", BigDecimal.valueOf(random.nextInt(-90_000, 280_000), 4));
    }
    if (random.nextBoolean()) {
      ObjectNode fields = location.putObject("fields");
      fields.put("city", city.toLowerCase(Locale.ROOT)).put("country", "fr");
      fields.put("postcode", "%05d".formatted(random.nextInt(100_000)));
    }
    return location;
  }

  private JsonNode urlsByName() {
    ObjectNode urls = Json.object();
    ArrayNode found = urls.putArray("from_resume");
    if (random.nextInt(3) == 0) {
      found.add("https://" + Words.name(random).toLowerCase(Locale.ROOT) + ".example.net");
    }
    String site = Words.any(SITES, random);
    return urls.put(site, url(site));
  }

  private JsonNode urlList() {
    ArrayNode urls = JsonDocument.array();
    for (int i = random.nextInt(3); i >= 0; i--) {
      String site = Words.any(SITES, random);
      urls.addObject().put("type", site).put("url", url(site));
    }
    return urls;
  }

  private String url(String site) {
    return "https://www." + site + ".example.com/in/candidate-" + number;
  }
}
