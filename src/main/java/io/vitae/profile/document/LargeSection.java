package io.vitae.profile.document;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The members of a profile that are most of it. Each lies in a column of its own, named like the
 * member, so that an edit that leaves it alone costs next to nothing (adr/0024).
 */
public enum LargeSection {
  /** The text of the résumé: a string or null. */
  TEXT(Fields.TEXT),
  /** An array of entries. */
  EXPERIENCES(Fields.EXPERIENCES),
  /** An array of entries. */
  EDUCATIONS(Fields.EDUCATIONS);

  /** Their names. */
  static final Set<String> MEMBERS =
      Arrays.stream(values()).map(LargeSection::member).collect(Collectors.toUnmodifiableSet());

  private final String member;

  LargeSection(String member) {
    this.member = member;
  }

  /** The name of the member, and of the column. */
  public String member() {
    return member;
  }
}
