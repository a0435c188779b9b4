package io.vitae.profile.store;

/** What came of a write that goes through once. */
public sealed interface OnceResult {
  /**
   * It went through now, and its answer is remembered.
   *
   * @param created whether it made the profile
   */
  record Done(boolean created, RememberedAnswer answer) implements OnceResult {}

  /** It was refused: nothing was written and nothing is remembered. */
  record Refused(WriteResult result) implements OnceResult {}

  /** It went through before, and this is what was answered. */
  record Replayed(RememberedAnswer answer) implements OnceResult {}

  /** Under its key another request went through before. */
  record Conflict() implements OnceResult {}
}
