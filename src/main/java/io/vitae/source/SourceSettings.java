package io.vitae.source;

import java.util.Optional;

/**
 * What can be set of a source; empty for what stays as it is, or takes its default.
 *
 * @param defaultConsent as in {@link Source}
 */
record SourceSettings(
    Optional<String> name,
    Optional<String> type,
    Optional<String> subtype,
    Optional<String> environment,
    Optional<Integer> defaultConsent) {

  static SourceSettings named(String name) {
    return new SourceSettings(
        Optional.of(name), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }
}
