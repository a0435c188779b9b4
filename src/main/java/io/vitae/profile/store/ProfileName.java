package io.vitae.profile.store;

import io.vitae.json.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a client calls a profile: all that it gives must fit. Of several profiles with one e-mail
 * address the last one changed is meant.
 *
 * @param email in any case of the letters A to Z
 */
public record ProfileName(
    Optional<String> key, Optional<String> reference, Optional<String> email) {

  /** A name by key alone. */
  public static ProfileName ofKey(String key) {
    return new ProfileName(Optional.of(key), Optional.empty(), Optional.empty());
  }

  /** A name by reference alone. */
  public static ProfileName ofReference(String reference) {
    return new ProfileName(Optional.empty(), Optional.of(reference), Optional.empty());
  }

  /** Whether it names nothing at all. */
  public boolean isEmpty() {
    return values().isEmpty();
  }

  /** Whether nothing can be stored under it: PostgreSQL has no NUL in a text. */
  public boolean isUnstorable() {
    return values().stream().anyMatch(value -> value.indexOf('\0') >= 0);
  }

  /** The values to bind to {@link #condition}, in its order. */
  List<String> values() {
    return Stream.of(key, reference, email.map(Text::asciiLowerCase))
        .flatMap(Optional::stream)
        .toList();
  }

  /**
   * The SQL condition on the columns or properties {@code key, reference, email}.
   *
   * @param sign what precedes the number of a parameter
   * @param first the number of the first parameter
   */
  String condition(char sign, int first) {
    List<String> terms = new ArrayList<>();
    key.ifPresent(value -> terms.add("key = " + sign + (first + terms.size())));
    reference.ifPresent(value -> terms.add("reference = " + sign + (first + terms.size())));
    email.ifPresent(value -> terms.add("email = " + sign + (first + terms.size())));
    return String.join(" and ", terms);
  }

  @Override
  public String toString() {
    return "ProfileName[redacted]";
  }
}
