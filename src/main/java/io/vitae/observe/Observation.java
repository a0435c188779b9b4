package io.vitae.observe;

/**
 * Something that happened and that an operator may want to count: the closed set of what business
 * code reports. None of them carries personal data.
 */
public sealed interface Observation {

  /**
   * A profile PUT was answered.
   *
   * @param outcome {@code created}, {@code edited}, {@code replayed} or {@code refused}
   * @param code the {@code ErrorCode} when refused, otherwise {@code none}
   */
  record ProfilePut(String outcome, String code) implements Observation {
    /** A PUT that created its profile. */
    public static final ProfilePut CREATED = new ProfilePut("created", "none");

    /** A PUT that edited its profile, or found it as wanted already. */
    public static final ProfilePut EDITED = new ProfilePut("edited", "none");

    /** A PUT that was given the answer of an earlier one. */
    public static final ProfilePut REPLAYED = new ProfilePut("replayed", "none");

    /** A PUT that was refused. */
    public static ProfilePut refused(Enum<?> code) {
      return new ProfilePut("refused", code.name());
    }
  }

  /**
   * A request came with an {@code Idempotency-Key} under which one has gone through before.
   *
   * @param outcome {@code replayed} when it was the same request, {@code conflict} when another
   */
  record Repetition(String outcome) implements Observation {
    /** The same request: it was given the first answer. */
    public static final Repetition REPLAYED = new Repetition("replayed");

    /** Another request: it was refused. */
    public static final Repetition CONFLICT = new Repetition("conflict");
  }

  /**
   * A statement came back from the database.
   *
   * @param statement its name in the code
   * @param succeeded whether it returned rather than failed
   * @param nanos from the request for a connection to the last row
   */
  record DatabaseCall(String statement, boolean succeeded, long nanos) implements Observation {}

  /**
   * Requests that waited for each other were sent to the database in one statement.
   *
   * @param statement its name in the code
   * @param rows how many requests share it
   * @param waitedNanos how long the first of them had waited
   */
  record Batch(String statement, int rows, long waitedNanos) implements Observation {}

  /**
   * The readiness probe asked for the database.
   *
   * @param ready whether it can be used
   */
  record Readiness(boolean ready) implements Observation {}
}
