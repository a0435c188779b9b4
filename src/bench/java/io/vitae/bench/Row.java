package io.vitae.bench;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One line of the table.
 *
 * @param id names it in {@code result.json}
 * @param title names it in the table
 * @param when how often it is measured
 * @param server what the load goes to; empty when that is PostgreSQL itself
 * @param baseline the rows of pgbench that do the same, of which the fastest counts
 */
record Row(
    String id,
    String title,
    When when,
    Optional<ServerProcess> server,
    List<String> baseline,
    Load load) {

  /** How often a row is measured. */
  enum When {
    /** In each round, and by the short version, too. */
    ALWAYS,
    /** In each round of the whole benchmark. */
    FULL,
    /** In the first round of the whole benchmark. */
    ONCE
  }

  /** Makes load. */
  interface Load {
    /** Makes it for some time. */
    LoadResult run(Duration time);

    /**
     * Sees to it that the last run did what it should have done, and tidies up after it.
     *
     * @throws BenchmarkException when it did not
     */
    default void verify() {}
  }
}
