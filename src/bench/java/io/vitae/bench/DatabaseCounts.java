package io.vitae.bench;

/**
 * What PostgreSQL counts: since it was set up, or between two such counts.
 *
 * @param walBytes of its log
 * @param updates of rows of profiles
 * @param hotUpdates those of them that touched no index
 * @param checkpoints that were begun
 */
record DatabaseCounts(long walBytes, long updates, long hotUpdates, long checkpoints) {
  private static final String SQL =
      """
      SELECT concat_ws(' ', pg_current_wal_insert_lsn() - '0/0', n_tup_upd, n_tup_hot_upd, (SELECT %s))
        FROM pg_stat_user_tables WHERE relname = 'profile'
      """;

  private static final int CHECKPOINTER_SINCE = 17;

  /** Asks for them. */
  static DatabaseCounts of(BenchPostgres postgres) {
    int version = Integer.parseInt(postgres.ask("SHOW server_version_num")) / 10_000;
    return parse(
        postgres.ask(
            SQL.formatted(
                version < CHECKPOINTER_SINCE
                    ? "checkpoints_timed + checkpoints_req FROM pg_stat_bgwriter"
                    : "num_timed + num_requested FROM pg_stat_checkpointer")));
  }

  /** Four numbers with spaces between. */
  static DatabaseCounts parse(String text) {
    String[] numbers = text.split(" ", -1);
    return new DatabaseCounts(
        Long.parseLong(numbers[0]),
        Long.parseLong(numbers[1]),
        Long.parseLong(numbers[2]),
        Long.parseLong(numbers[3]));
  }

  DatabaseCounts since(DatabaseCounts before) {
    return new DatabaseCounts(
        walBytes - before.walBytes,
        updates - before.updates,
        hotUpdates - before.hotUpdates,
        checkpoints - before.checkpoints);
  }
}
