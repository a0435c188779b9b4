package io.vitae.faults;

import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides whether a concurrent history of one profile could have happened one operation after the
 * other, each at some moment between its call and its answer (Wing and Gong, with Lowe's memory of
 * configurations that led nowhere).
 */
final class Linearizability {
  /** Of an operation that was never answered: it may take effect at any time, or never. */
  static final long NEVER = Long.MAX_VALUE;

  enum Kind {
    PUT,
    ARCHIVE,
    UNARCHIVE,
    GET
  }

  /** What a profile is: its version, its value, and whether it is archived. */
  record State(long version, String value, boolean archived) {}

  /**
   * An operation and what was seen of it.
   *
   * @param value what a PUT writes
   * @param ifMatch the version it asks for, 0 for any
   * @param refused whether it was answered that the version is another
   * @param seen what was answered: for a GET all of it, for others the version
   */
  record Operation(
      Kind kind,
      String value,
      long ifMatch,
      long called,
      long answered,
      boolean refused,
      State seen) {
    boolean isUnknown() {
      return answered == NEVER;
    }

    /** The state after it; empty when it cannot have come in this state with this answer. */
    Optional<State> after(State before) {
      boolean matches = ifMatch == 0 || ifMatch == before.version();
      if (isUnknown()) {
        return Optional.of(matches ? effect(before) : before);
      }
      if (refused || !matches) {
        return refused && !matches ? Optional.of(before) : Optional.empty();
      }
      State after = effect(before);
      boolean right = kind == Kind.GET ? after.equals(seen) : after.version() == seen.version();
      return right ? Optional.of(after) : Optional.empty();
    }

    private State effect(State before) {
      return switch (kind) {
        case PUT -> new State(before.version() + 1, value, before.archived());
        case ARCHIVE -> archived(before, true);
        case UNARCHIVE -> archived(before, false);
        case GET -> before;
      };
    }

    /** What is so already stays untouched. */
    private static State archived(State before, boolean wanted) {
      return before.archived() == wanted
          ? before
          : new State(before.version() + 1, before.value(), wanted);
    }
  }

  private record Configuration(BitSet done, State state) {}

  private final List<Operation> history;
  private final Set<Configuration> deadEnds = new HashSet<>();

  private Linearizability(List<Operation> history) {
    this.history = history;
  }

  /** Whether the history is linearizable, beginning with a state. */
  static boolean holds(State initial, List<Operation> history) {
    return new Linearizability(history).search(new BitSet(), initial);
  }

  private boolean search(BitSet done, State state) {
    long firstAnswer = NEVER;
    for (int i = 0; i < history.size(); i++) {
      if (!done.get(i)) {
        firstAnswer = Math.min(firstAnswer, history.get(i).answered());
      }
    }
    if (firstAnswer == NEVER) {
      // What is left was never answered and need not have happened.
      return true;
    }
    if (!deadEnds.add(new Configuration((BitSet) done.clone(), state))) {
      return false;
    }
    for (int i = 0; i < history.size(); i++) {
      Operation next = history.get(i);
      if (!done.get(i) && next.called() <= firstAnswer) {
        Optional<State> after = next.after(state);
        if (after.isPresent()) {
          done.set(i);
          if (search(done, after.get())) {
            return true;
          }
          done.clear(i);
        }
      }
    }
    return false;
  }
}
