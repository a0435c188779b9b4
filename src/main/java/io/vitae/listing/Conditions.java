package io.vitae.listing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * SQL conditions that must all hold, with a value for each {@code ?}. The text comes from this code
 * alone; what a client sent is always a value.
 */
final class Conditions {
  private final List<String> terms = new ArrayList<>();
  private final List<Object> values = new ArrayList<>();
  private boolean words;
  private boolean others;

  /**
   * Adds a condition with as many values as it has question marks, for which there is an index of
   * its own.
   */
  void add(String term, Object... termValues) {
    others = true;
    check(term, termValues);
  }

  /** Adds a condition that the index of words answers. */
  void addWords(String term, Object... termValues) {
    words = true;
    check(term, termValues);
  }

  /** Adds a condition that no index answers: each row is asked. */
  void check(String term, Object... termValues) {
    terms.add(term);
    Collections.addAll(values, termValues);
  }

  /** Whether there are words to be found, and nothing else that has an index. */
  boolean areOfWords() {
    return words && !others;
  }

  List<Object> values() {
    return values;
  }

  /**
   * The conditions, each after an {@code AND}.
   *
   * @param first the number of the first parameter
   */
  String sql(int first) {
    StringBuilder sql = new StringBuilder();
    int number = first;
    for (String term : terms) {
      sql.append("\n AND ");
      int from = 0;
      for (int at = term.indexOf('?'); at >= 0; at = term.indexOf('?', from)) {
        sql.append(term, from, at).append('$').append(number++);
        from = at + 1;
      }
      sql.append(term, from, term.length());
    }
    return sql.toString();
  }
}
