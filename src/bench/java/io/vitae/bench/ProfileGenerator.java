package io.vitae.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitae.consent.Purpose;
import io.vitae.json.JsonDocument;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Makes one profile as a parser of CVs would: a few large and many middling ones, with everything
 * that the contract knows in varied combinations.
 */
final class ProfileGenerator {
  /** Bounds of a profile's JSON text; the text of the CV, drawn last, makes up the difference. */
  private static final int MIN_BYTES = 2_200;

  private static final int MAX_BYTES = 11_800;
  private static final int MEDIAN_BYTES = 6_600;
  private static final double SPREAD = 0.38;

  private static final int LEAST_TEXT = 120;
  private static final List<String> STAGES = List.of("new", "yes", "later", "no");
  private static final List<String> LEVELS = List.of("native", "fluent", "B2", "A1");

  private final SplittableRandom random;
  private final long number;
  private final int bytes;

  ProfileGenerator(long seed, long number) {
    // Another stream for each number: neighbours must not be alike.
    this.random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + number * 0xD1B54A32D192ED03L);
    this.number = number;
    double drawn = MEDIAN_BYTES * Math.exp(SPREAD * random.nextGaussian());
    this.bytes = (int) Math.max(MIN_BYTES, Math.min(MAX_BYTES, drawn));
  }

  /** The profile without its identity; the parameters are those of {@link Profiles#whole}. */
  ObjectNode profile(long revision, long textRevision) {
    ObjectNode profile = Json.object();
    if (random.nextInt(10) > 0) {
      profile.set("consent_algorithmic", consent());
    }
    profile.set("info", new PersonGenerator(random, number).info(bytes > 4_000));
    profile.put(
        "text_language", random.nextInt(5) > 0 ? "en" : Words.any(List.of("fr", "de"), random));
    if (random.nextBoolean()) {
      profile.put("created_at", date(2016, 9) + "T08:%02d:00+0000".formatted(random.nextInt(60)));
    }
    int entries = 1 + bytes / 2_400 + random.nextInt(2);
    profile.put("experiences_duration", BigDecimal.valueOf(5L * random.nextInt(80), 1));
    profile.put("educations_duration", random.nextInt(9));
    entries(profile.putArray("experiences"), entries, "company");
    entries(profile.putArray("educations"), 1 + random.nextInt(3), "school");
    sections(profile);
    ArrayNode metadatas = profile.putArray("metadatas");
    ObjectNode revised = metadatas.addObject().put("name", "revision").put("value", 0);
    metadatas(metadatas);
    int rest = bytes - JsonDocument.write(profile).getBytes(StandardCharsets.UTF_8).length;
    profile.put(
        "text", Words.prose(Math.max(LEAST_TEXT, rest - 150), random) + " #" + textRevision);
    // Only now, because the length of the text must not depend on it.
    revised.put("value", revision);
    return profile;
  }

  private ObjectNode consent() {
    int kind = random.nextInt(10);
    ObjectNode consent = Json.object();
    for (String party : List.of("owner", "controller")) {
      if (kind == 9 && party.equals("controller")) {
        break;
      }
      ObjectNode flags = consent.putObject(party);
      for (String purpose : Purpose.WIRE_NAMES) {
        flags.put(purpose, kind < 4 || random.nextInt(4) > 0);
      }
      if (random.nextInt(4) == 0) {
        flags.put("upskilling", random.nextBoolean());
      }
    }
    return consent;
  }

  private void entries(ArrayNode entries, int count, String place) {
    for (int i = 0; i < count; i++) {
      ObjectNode entry = entries.addObject();
      entry.put(
          "title",
          Words.any(Words.LEVELS, random)
              + ' '
              + Words.any(Words.FIELDS, random)
              + ' '
              + Words.any(Words.TITLES, random));
      entry.put(place, Words.name(random) + (random.nextBoolean() ? " GmbH" : " S.A."));
      entry.put("description", Words.prose(60 + random.nextInt(280), random));
      ObjectNode location =
          entry.putObject("location").put("text", Words.any(Words.CITIES, random));
      if (random.nextInt(3) == 0) {
        location.put("lat", coordinate(36, 24)).put("lng", coordinate(-9, 37));
      }
      entry.set("date_start", entryDate());
      entry.set("date_end", i == 0 ? Json.object().putNull("iso8601") : entryDate());
      named(entry.putArray("skills"), random.nextInt(4), Words.SKILLS);
      if (random.nextInt(3) == 0) {
        named(entry.putArray("tasks"), 1 + random.nextInt(3), Words.THINGS);
      }
    }
  }

  /** Dates come as an object or as a string. */
  private JsonNode entryDate() {
    String date = date(1998, 26) + "T00:00:00+0000";
    return random.nextInt(3) > 0 ? Json.object().put("iso8601", date) : Json.text(date);
  }

  private void sections(ObjectNode profile) {
    ArrayNode skills = profile.putArray("skills");
    named(skills, 3 + random.nextInt(12), Words.SKILLS);
    skills.forEach(
        skill -> ((ObjectNode) skill).put("type", random.nextInt(4) > 0 ? "hard" : "soft"));
    ArrayNode languages = profile.putArray("languages");
    named(languages, 1 + random.nextInt(3), Words.LANGUAGES);
    languages.forEach(language -> ((ObjectNode) language).put("value", Words.any(LEVELS, random)));
    if (random.nextInt(4) > 0) {
      named(profile.putArray("interests"), random.nextInt(5), Words.INTERESTS);
    }
    if (random.nextInt(3) == 0) {
      named(profile.putArray("certifications"), 1 + random.nextInt(3), Words.SKILLS);
    }
    if (random.nextInt(5) == 0) {
      named(profile.putArray("courses"), 1 + random.nextInt(3), Words.FIELDS);
    }
    if (random.nextInt(4) > 0) {
      tags(profile.putArray("tags"));
    }
    if (random.nextInt(3) > 0) {
      attachment(profile.putArray("attachments").addObject());
    }
    if (random.nextInt(3) == 0) {
      label(profile.putArray("labels").addObject());
    }
  }

  private void named(ArrayNode section, int count, List<String> names) {
    for (int i = 0; i < count; i++) {
      ObjectNode entry = section.addObject().put("name", Words.common(names, random));
      switch (random.nextInt(4)) {
        case 0 -> entry.put("value", random.nextInt(100));
        case 1 -> entry.put("value", BigDecimal.valueOf(random.nextInt(1000), 3));
        default -> entry.putNull("value");
      }
    }
  }

  private void tags(ArrayNode tags) {
    tags.addObject().put("name", "status").put("value", Words.any(STAGES, random));
    tags.addObject().put("name", "remote").put("value", random.nextBoolean());
    if (random.nextBoolean()) {
      tags.addObject().put("name", "campaign").put("value", "c-" + random.nextInt(500));
    }
  }

  private void attachment(ObjectNode attachment) {
    String file = Profiles.reference(number) + (random.nextInt(3) > 0 ? ".pdf" : ".docx");
    attachment.put("type", "resume").put("alt", "CV").put("file_name", file);
    attachment.put("original_file_name", "Lebenslauf " + Words.name(random) + " (final).pdf");
    attachment.put("file_size", 20_000 + random.nextInt(900_000));
    attachment.put("extension", file.substring(file.lastIndexOf('.')));
    attachment.put("public_url", "https://files.example.com/" + number + "/" + file);
    attachment.put("created_at", date(2020, 5) + "T09:00:00+0000");
  }

  private void label(ObjectNode label) {
    label.put("board_key", Profiles.key(-random.nextInt(1, 50)));
    label.put("job_key", Profiles.key(-random.nextInt(50, 5_000)));
    label.put("job_reference", "job-" + random.nextInt(5_000));
    label.put("stage", Words.any(STAGES, random));
    label.put("date_stage", date(2022, 3) + "T12:00:00+0000");
  }

  private void metadatas(ArrayNode metadatas) {
    metadatas.addObject().put("name", "department").put("value", Words.any(Words.FIELDS, random));
    if (random.nextBoolean()) {
      metadatas.addObject().put("name", "ats_id").put("value", random.nextLong(1L << 40));
    }
  }

  private String date(int year, int years) {
    return "%04d-%02d-%02d"
        .formatted(year + random.nextInt(years), random.nextInt(1, 13), random.nextInt(1, 29));
  }

  private BigDecimal coordinate(int least, int range) {
    return BigDecimal.valueOf(least * 10_000L + random.nextInt(range * 10_000), 4);
  }
}
