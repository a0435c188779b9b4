package io.vitae.access;

import java.util.Arrays;
import java.util.Optional;

/** What an API key may do. HrFlow's keys tell it by their prefix. */
public enum Permission {
  ALL("ask_", "all"),
  READ("askr_", "read"),
  WRITE("askw_", "write");

  private final String prefix;
  private final String wireName;

  Permission(String prefix, String wireName) {
    this.prefix = prefix;
    this.wireName = wireName;
  }

  String prefix() {
    return prefix;
  }

  /** The name in answers and in the database: {@code all}, {@code read} or {@code write}. */
  public String wireName() {
    return wireName;
  }

  /**
   * Whether a key with this permission may do what needs {@code other}. A write key cannot read.
   */
  public boolean includes(Permission other) {
    return this == ALL || this == other;
  }

  static Optional<Permission> find(String wireName) {
    return Arrays.stream(values()).filter(known -> known.wireName.equals(wireName)).findFirst();
  }

  static Permission ofWireName(String wireName) {
    return find(wireName)
        .orElseThrow(() -> new IllegalStateException("The database holds an unknown permission"));
  }
}
