package io.vitae.profile.store;

import java.util.Optional;

/**
 * What came of a write.
 *
 * @param row the profile as it is stored now; empty when nothing was written and the outcome says
 *     why
 */
public record WriteResult(Outcome outcome, Optional<ProfileRow> row) {

  /** The ways a write ends. */
  public enum Outcome {
    /** The profile was made. */
    CREATED,
    /** The patch was merged into the profile. */
    EDITED,
    /** The profile was as wanted already. */
    UNCHANGED,
    /** There is such a profile, and the write may not edit. */
    EXISTS,
    /** The profile has another version than the write may edit. */
    STALE,
    /** There is no such profile, and the write may not create. */
    ABSENT,
    /** The reference belongs to another profile of the source. */
    TAKEN
  }

  /** What a write is told that was overtaken by another with the same reference. */
  public static final WriteResult TAKEN = without(Outcome.TAKEN);

  static WriteResult without(Outcome outcome) {
    return new WriteResult(outcome, Optional.empty());
  }

  /** Whether this very write made the profile. */
  public boolean created() {
    return outcome == Outcome.CREATED;
  }
}
