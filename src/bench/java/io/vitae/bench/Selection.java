package io.vitae.bench;

/**
 * Some of the profiles, spread evenly over all of them.
 *
 * @param first the number of the first
 * @param stride from one to the next
 * @param count how many
 */
record Selection(int first, int stride, int count) {
  /** How many profiles each kind of edit touches at most. */
  private static final int MOST_EDITED = 25_000;

  /** How many profiles are read by key or reference at most. */
  private static final int MOST_READ = 100_000;

  /** Kinds of edits, each with profiles of its own, so that none undoes what another did. */
  enum Edit {
    WHOLE(1),
    TEXT(2),
    PARTIAL(3);

    private final int first;

    Edit(int first) {
      this.first = first;
    }
  }

  static Selection edited(int profiles, Edit edit) {
    int count = Math.min(MOST_EDITED, profiles / (Edit.values().length + 1));
    return new Selection(edit.first, profiles / count, count);
  }

  static Selection read(int profiles) {
    int count = Math.min(MOST_READ, profiles);
    return new Selection(1, profiles / count, count);
  }

  /** The number of the profile in some place, counted from 0 and round the end. */
  int number(long place) {
    return first + stride * (int) (place % count);
  }
}
