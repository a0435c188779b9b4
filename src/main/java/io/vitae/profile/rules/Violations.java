package io.vitae.profile.rules;

import io.vitae.json.Pointer;
import java.util.ArrayList;
import java.util.List;

/** Collects broken rules, at most {@value #MAX} of them, each once. */
final class Violations {
  /** Enough to mend a form by; an answer must not outgrow what a client reads. */
  static final int MAX = 50;

  private final List<Violation> found = new ArrayList<>(0);

  void add(Pointer at, ViolationCode code, String message) {
    if (isFull()) {
      return;
    }
    String field = at.toString();
    // A string past the general limit is usually past its own, too: that is one mistake.
    boolean known =
        found.stream().anyMatch(v -> v.field().equals(field) && v.code().equals(code.wireName()));
    if (!known) {
      found.add(Violation.of(field, code, message));
    }
  }

  boolean isFull() {
    return found.size() >= MAX;
  }

  List<Violation> toList() {
    return List.copyOf(found);
  }
}
