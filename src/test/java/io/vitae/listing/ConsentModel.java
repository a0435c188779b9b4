package io.vitae.listing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitae.testing.Answer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What sources, profiles and their consent come to, in a few lines of memory. */
final class ConsentModel {
  /** The purposes, spelled anew: a model that shared the service's would share its mistakes. */
  enum Use {
    PARSING,
    REVEALING,
    EMBEDDING,
    SEARCHING,
    SCORING,
    REASONING;

    String flag() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What a query asks for. */
  record Query(
      Set<String> sources, boolean byUpdate, boolean ascending, Optional<Use> purpose, int limit) {}

  /** A profile. */
  static final class Entry {
    final String source;
    final String key;
    private final int id;
    private String createdAt;
    private int changed;
    private boolean archived;
    private int version = 1;
    private JsonNode stated;

    Entry(String source, String key, int id) {
      this.source = source;
      this.key = key;
      this.id = id;
      this.createdAt = "now " + (char) ('A' + id);
    }

    boolean isStated() {
      return stated != null;
    }

    boolean isArchived() {
      return archived;
    }

    int version() {
      return version;
    }

    boolean says(String party, Use use) {
      return stated.path(party).path(use.flag()).asBoolean();
    }
  }

  private final Map<String, Set<Use>> defaults = new LinkedHashMap<>();
  private final Map<String, Entry> profiles = new LinkedHashMap<>();
  private int clock;

  void source(String key, Set<Use> defaultConsent) {
    defaults.put(key, Set.copyOf(defaultConsent));
  }

  List<String> sources() {
    return List.copyOf(defaults.keySet());
  }

  Collection<Entry> profiles() {
    return profiles.values();
  }

  Set<Use> defaultOf(String source) {
    return defaults.get(source);
  }

  /** A write that changes something. */
  void put(String source, String key, ObjectNode body) {
    Entry entry = profiles.get(source + key);
    if (entry == null) {
      entry = new Entry(source, key, profiles.size());
      profiles.put(source + key, entry);
    } else {
      entry.version++;
    }
    entry.changed = ++clock;
    if (body.path("created_at").isTextual()) {
      entry.createdAt = body.path("created_at").textValue();
    }
    if (body.has("consent_algorithmic")) {
      entry.stated = body.get("consent_algorithmic");
    }
  }

  /** A write of what was shown: what was a default is stated from now on. */
  void echo(Entry entry, JsonNode shownConsent) {
    entry.stated = shownConsent;
  }

  void archive(Entry entry, boolean archived) {
    if (entry.archived != archived) {
      entry.archived = archived;
      entry.changed = ++clock;
      entry.version++;
    }
  }

  boolean allows(Entry entry, Use use) {
    return entry.isStated()
        ? entry.says("owner", use) && entry.says("controller", use)
        : defaults.get(entry.source).contains(use);
  }

  /** What a search finds, in order. */
  List<Entry> search(Query query) {
    return list(query).stream()
        .filter(entry -> !entry.archived && allows(entry, Use.SEARCHING))
        .toList();
  }

  /** What is listed, in order. */
  List<Entry> list(Query query) {
    Comparator<Entry> order =
        query.byUpdate()
            ? Comparator.comparingInt(entry -> entry.changed)
            : Comparator.comparing((Entry entry) -> entry.createdAt)
                .thenComparingInt(entry -> entry.id);
    List<Entry> found =
        new ArrayList<>(
            profiles.values().stream()
                .filter(entry -> query.sources().contains(entry.source))
                .filter(entry -> query.purpose().map(use -> allows(entry, use)).orElse(true))
                .toList());
    found.sort(query.ascending() ? order : order.reversed());
    return found;
  }

  /** The consent block that an answer shows. */
  ObjectNode shown(Entry entry) {
    ObjectNode block = Answer.JSON.createObjectNode();
    for (String party : List.of("owner", "controller")) {
      ObjectNode flags = block.putObject(party);
      for (Use use : Use.values()) {
        flags.put(use.flag(), entry.isStated() ? entry.says(party, use) : allows(entry, use));
      }
    }
    return block;
  }
}
