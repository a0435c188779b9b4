package io.vitae.profile.store;

/**
 * The SQL of a write: one statement each, kept to what a table distributed by {@code workspace_id}
 * can run (no sub-select in a conflict clause, the time passed as a parameter).
 *
 * <p>All take their parameters from the front of one list, so that a statement may leave out only
 * the last ones: {@code $1} workspace, {@code $2} source, {@code $3} patch, {@code $4} now, {@code
 * $5} stated creation time, {@code $6} actor, {@code $7} reference, {@code $8} whether a reference
 * is given, {@code $9} key, {@code $10} members the patch lacks.
 */
final class ProfileStatements {
  private static final String VALUES =
      """
      INSERT INTO profile AS p
             (workspace_id, source_id, key, reference, document, created_at, updated_at, updated_by)
      VALUES ($1, $2, $9, CASE WHEN $8::boolean THEN $7::text END, $10::jsonb || $3::jsonb,
              coalesce($5::timestamptz, $4::timestamptz), $4, $6)
      """;

  /**
   * {@code ||} on jsonb is the contract's merge: absent members are kept, present ones replaced
   * whole.
   */
  private static final String MERGE =
      """
         SET document   = p.document || $3::jsonb,
             reference  = CASE WHEN $8::boolean THEN $7::text ELSE p.reference END,
             created_at = coalesce($5::timestamptz, p.created_at),
             updated_at = greatest(p.updated_at, $4::timestamptz),
             updated_by = $6,
             version    = p.version + 1
      """;

  /**
   * A write that would change nothing writes nothing: repeating one is cheap and leaves the version
   * alone. To jsonb 1 equals 1.00, which is echoed as sent; so documents that are equal are
   * compared as text, too.
   */
  private static final String CHANGES =
      """
      (p.document || $3 IS DISTINCT FROM p.document OR ($8 AND p.reference IS DISTINCT FROM $7)
       OR (p.document || $3)::text <> p.document::text)
      """;

  private static final String RETURNING =
      """
      RETURNING p.id, p.key, p.reference, p.version, p.updated_at, p.archived_at,
                p.consent IS NOT NULL AS consent_stated, p.document::text AS document,
      """;

  /**
   * Of an upsert: a row that was updated instead carries the lock of its own transaction in {@code
   * xmax}. A plain update leaves no such trace.
   */
  private static final String RETURNING_UPSERTED = RETURNING + "p.xmax = 0 AS created\n";

  private static final String RETURNING_INSERTED = RETURNING + "true AS created\n";

  private static final String RETURNING_UPDATED = RETURNING + "false AS created\n";

  static final String INSERT = VALUES + RETURNING_INSERTED;

  static final String UPSERT_BY_KEY =
      VALUES
          + "ON CONFLICT (workspace_id, source_id, key) DO UPDATE\n"
          + MERGE
          + " WHERE "
          + CHANGES
          + RETURNING_UPSERTED;

  static final String UPSERT_BY_REFERENCE =
      VALUES
          + "ON CONFLICT (workspace_id, source_id, reference) DO UPDATE\n"
          + MERGE
          + " WHERE "
          + CHANGES
          + RETURNING_UPSERTED;

  static final String UPDATE_BY_KEY =
      "UPDATE profile AS p\n"
          + MERGE
          + " WHERE p.workspace_id = $1 AND p.source_id = $2 AND p.key = $9 AND "
          + CHANGES
          + RETURNING_UPDATED;

  static final String UPDATE_BY_REFERENCE =
      "UPDATE profile AS p\n"
          + MERGE
          + " WHERE p.workspace_id = $1 AND p.source_id = $2 AND p.reference = $7 AND "
          + CHANGES
          + RETURNING_UPDATED;

  private ProfileStatements() {}
}
