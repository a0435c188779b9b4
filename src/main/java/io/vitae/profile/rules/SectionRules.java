package io.vitae.profile.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitae.profile.document.Fields;
import java.util.List;
import java.util.Optional;

/** The rules of the twelve list sections and of the lists inside experiences and educations. */
final class SectionRules {
  private static final int MAX_ENTRY_KEY = 128;
  private static final List<String> SKILL_TYPES = List.of("hard", "soft");
  private static final List<String> LABEL_STAGES = List.of("new", "yes", "later", "no");

  /** Sections that an experience or education may have in it. */
  private static final List<String> NESTED =
      List.of(
          Fields.CERTIFICATIONS,
          Fields.COURSES,
          Fields.TASKS,
          Fields.SKILLS,
          Fields.LANGUAGES,
          Fields.INTERESTS);

  private SectionRules() {}

  static void check(Subject profile) {
    for (String section : Fields.SECTIONS) {
      profile.objects(section, SectionRules::entry);
    }
  }

  private static void entry(String section, Subject entry) {
    named(entry);
    switch (section) {
      case Fields.EXPERIENCES, Fields.EDUCATIONS -> datedEntry(entry);
      case Fields.SKILLS -> entry.oneOf(Fields.TYPE, SKILL_TYPES);
      case Fields.LABELS -> entry.oneOf(Fields.STAGE, LABEL_STAGES);
      default -> {}
    }
  }

  /** What an entry of any section may have: a name, and a value of any scalar type. */
  private static void named(Subject entry) {
    if (entry.node().has(Fields.NAME) && !entry.node().path(Fields.NAME).isTextual()) {
      entry.violation(Fields.NAME, ViolationCode.INVALID_TYPE, "must be a string");
    }
    if (entry.node().path(Fields.VALUE).isContainerNode()) {
      entry.violation(
          Fields.VALUE, ViolationCode.INVALID_TYPE, "must be a string, number, boolean or null");
    }
  }

  private static void datedEntry(Subject entry) {
    entry.text(Fields.KEY, MAX_ENTRY_KEY);
    entry.text(Fields.TITLE);
    entry.text(Fields.DESCRIPTION);
    entry.text(Fields.COMPANY);
    entry.text(Fields.SCHOOL);
    date(entry, Fields.DATE_START);
    date(entry, Fields.DATE_END);
    // Only its kind: the published example has {"lat": "lat"} here.
    entry.object(Fields.LOCATION);
    for (String section : NESTED) {
      entry.objects(section, SectionRules::entry);
    }
  }

  /** A string of any form, or the same inside {@code {"iso8601": …}}. */
  private static void date(Subject entry, String name) {
    Optional<JsonNode> date = entry.value(name);
    if (date.isEmpty() || date.get().isTextual()) {
      return;
    }
    if (date.get().isObject()) {
      entry.object(name).ifPresent(object -> object.text(Fields.ISO8601));
    } else {
      entry.violation(
          name, ViolationCode.INVALID_TYPE, "must be a string, an object with iso8601, or null");
    }
  }
}
