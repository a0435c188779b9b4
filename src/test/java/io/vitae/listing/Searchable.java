package io.vitae.listing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitae.testing.Answer;
import io.vitae.testing.Api;
import io.vitae.testing.TestWorkspace;
import java.util.ArrayList;
import java.util.List;

/** A workspace of one test, whose profiles consent to being searched. */
final class Searchable {
  private static final String CONSENT =
      "{\"owner\":{\"searching\":true},\"controller\":{\"searching\":true}}";

  private final TestWorkspace workspace = TestWorkspace.create();
  private final Api api = Api.of(workspace);

  TestWorkspace workspace() {
    return workspace;
  }

  Api api() {
    return api;
  }

  /** Puts members of a profile, written with {@code '} for quotes; a first write has its info. */
  Answer put(String key, String members) {
    return put(key, (ObjectNode) Answer.parse(members.replace('\'', '"')));
  }

  /** Puts members of a profile as they are. */
  Answer put(String key, ObjectNode members) {
    ObjectNode profile = members.deepCopy();
    if (!profile.has("info")) {
      profile.putObject("info");
    }
    profile.set("consent_algorithmic", Answer.parse(CONSENT));
    return api.put(profile.put("key", key)).created();
  }

  /** Puts members into a profile that is there, written with {@code '} for quotes. */
  Answer edit(String key, String members) {
    ObjectNode profile = (ObjectNode) Answer.parse(members.replace('\'', '"'));
    return api.put(profile.put("key", key)).edited();
  }

  /** The keys of what a search finds, sorted; what it counts must agree. */
  List<String> find(String... query) {
    List<String> whole = new ArrayList<>(List.of(query));
    whole.addAll(List.of("limit", "100"));
    Answer answer = api.search(whole.toArray(String[]::new));
    List<String> keys = answer.keys().stream().sorted().toList();
    if (answer.meta().get(3) != keys.size() || answer.meta().get(2) != keys.size()) {
      throw new AssertionError(answer.text());
    }
    return keys;
  }
}
