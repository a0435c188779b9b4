package io.vitae.profile.store;

/**
 * The SQL of remembered answers (adr/0021).
 *
 * <p>Kept to what a table distributed by {@code workspace_id} can run, as {@link ProfileStatements}
 * are.
 */
final class AnswerStatements {
  /**
   * Takes a key that nobody has, or whose answer has expired: one row is written if so. Waits for
   * whoever is taking the same key, until that transaction is committed or undone. {@code $1}
   * workspace, {@code $2} key, {@code $3} request, {@code $4} now, {@code $5} expired.
   */
  static final String TAKE =
      """
      INSERT INTO idempotency AS i (workspace_id, key_sha256, request_sha256, created_at)
      VALUES ($1, $2, $3, $4)
          ON CONFLICT (workspace_id, key_sha256) DO UPDATE
         SET request_sha256 = excluded.request_sha256, created_at = excluded.created_at,
             source_id = NULL, profile_key = NULL, status = NULL, version = NULL, answer = NULL
       WHERE i.created_at <= $5
      """;

  /** The answer of a key that was taken before: {@code $1} workspace, {@code $2} key. */
  static final String FIND =
      """
      SELECT request_sha256, status, version, answer
        FROM idempotency
       WHERE workspace_id = $1 AND key_sha256 = $2
      """;

  /**
   * Remembers the answer of a key that this transaction has taken: {@code $1} workspace, {@code $2}
   * key, {@code $3} source and {@code $4} key of the profile, {@code $5} status, {@code $6}
   * version, {@code $7} answer.
   */
  static final String REMEMBER =
      """
      UPDATE idempotency
         SET source_id = $3, profile_key = $4, status = $5, version = $6, answer = $7
       WHERE workspace_id = $1 AND key_sha256 = $2
      """;

  /** The workspace of the oldest answer that has expired, if any: {@code $1} expired. */
  static final String FIND_EXPIRED =
      "SELECT workspace_id FROM idempotency WHERE created_at <= $1 ORDER BY created_at LIMIT 1";

  /**
   * Removes some expired answers, the oldest first; a key that is being taken anew is left alone.
   * {@code $1} workspace, {@code $2} expired, {@code $3} how many.
   */
  static final String FORGET =
      """
      DELETE FROM idempotency
       WHERE workspace_id = $1
         AND key_sha256 = ANY (ARRAY(
             SELECT key_sha256 FROM idempotency
              WHERE workspace_id = $1 AND created_at <= $2
              ORDER BY created_at LIMIT $3
                FOR UPDATE SKIP LOCKED))
      """;

  private AnswerStatements() {}
}
