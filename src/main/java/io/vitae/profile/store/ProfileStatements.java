package io.vitae.profile.store;

/**
 * The SQL of a write: one statement each, kept to what a table distributed by {@code workspace_id}
 * can run (no sub-select in a conflict clause, the time passed as a parameter).
 *
 * <p>All begin with the same parameters: {@code $1} workspace, {@code $2} source, {@code $3} patch,
 * {@code $4} now, {@code $5} stated creation time, {@code $6} actor, {@code $7} reference, {@code
 * $8} whether a reference is given, {@code $9} the consent block that an answer shows of a profile
 * that never stated one. The others follow in the order in which a statement's comment names them.
 */
final class ProfileStatements {
  private static final String VALUES =
      """
      INSERT INTO profile AS p
             (workspace_id, source_id, key, reference, document, words, created_at, updated_at, updated_by)
      VALUES ($1, $2, $10, CASE WHEN $8::boolean THEN $7::text END, $11::jsonb || $3::jsonb,
              vitae_words($11::jsonb || $3::jsonb), coalesce($5::timestamptz, $4::timestamptz), $4, $6)
      """;

  private static final String VALUES_IF_ABSENT = VALUES + "ON CONFLICT DO NOTHING\n";

  /**
   * Whether an answer would show the change. A first consent that states what was shown as the
   * default is stored, because the default may change, but is no new version: what a client reads
   * and puts back must change nothing.
   */
  private static final String SHOWS =
      """
      (p.consent IS NOT NULL OR ($8 AND p.reference IS DISTINCT FROM $7)
       OR (p.document || $3)::text <> (p.document || jsonb_build_object('consent_algorithmic', $9::jsonb))::text)
      """;

  /**
   * {@code ||} on jsonb is the contract's merge: absent members are kept, present ones replaced
   * whole.
   */
  private static final String MERGE =
      """
         SET document   = p.document || $3::jsonb,
             words      = CASE WHEN vitae_worded(p.document) IS DISTINCT FROM vitae_worded(p.document || $3::jsonb)
                               THEN vitae_words(p.document || $3::jsonb) ELSE p.words END,
             reference  = CASE WHEN $8::boolean THEN $7::text ELSE p.reference END,
             created_at = coalesce($5::timestamptz, p.created_at),
             updated_at = CASE WHEN %1$s THEN greatest(p.updated_at, $4::timestamptz) ELSE p.updated_at END,
             updated_by = $6,
             version    = p.version + CASE WHEN %1$s THEN 1 ELSE 0 END
      """
          .formatted(SHOWS);

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

  private static final String RETURNING = " RETURNING " + ProfileRow.COLUMNS;

  private static final String RETURNING_INSERTED = RETURNING + ", true AS created\n";

  private static final String RETURNING_UPDATED = RETURNING + ", false AS created\n";

  /**
   * Of an upsert: a row that was updated instead carries the lock of its own transaction in {@code
   * xmax}. A plain update leaves no such trace.
   */
  private static final String RETURNING_UPSERTED = RETURNING + ", p.xmax = 0 AS created\n";

  private static final String UPDATE =
      "UPDATE profile AS p\n" + MERGE + " WHERE p.workspace_id = $1 AND p.source_id = $2 AND ";

  /**
   * Then {@code $10} key, {@code $11} the members that the patch lacks. Fails when the key or
   * reference is taken.
   */
  static final String INSERT = VALUES + RETURNING_INSERTED;

  /** As {@link #INSERT}, but returns nothing when the key or reference is taken. */
  static final String INSERT_IF_ABSENT = VALUES_IF_ABSENT + RETURNING_INSERTED;

  /** Then as {@link #INSERT}. */
  static final String UPSERT_BY_KEY =
      VALUES
          + "ON CONFLICT (workspace_id, source_id, key) DO UPDATE\n"
          + MERGE
          + " WHERE "
          + CHANGES
          + RETURNING_UPSERTED;

  /** Then as {@link #INSERT}. */
  static final String UPSERT_BY_REFERENCE =
      VALUES
          + "ON CONFLICT (workspace_id, source_id, reference) DO UPDATE\n"
          + MERGE
          + " WHERE "
          + CHANGES
          + RETURNING_UPSERTED;

  /** Then {@code $10} the versions that the row may have, null for any, {@code $11} key. */
  static final String UPDATE_BY_KEY =
      UPDATE
          + "p.key = $11 AND ($10::bigint[] IS NULL OR p.version = ANY ($10)) AND "
          + CHANGES
          + RETURNING_UPDATED;

  /** Then {@code $10} the versions that the row may have, null for any. */
  static final String UPDATE_BY_REFERENCE =
      UPDATE
          + "p.reference = $7 AND ($10::bigint[] IS NULL OR p.version = ANY ($10)) AND "
          + CHANGES
          + RETURNING_UPDATED;

  /**
   * {@code $1} workspace, {@code $2} source, {@code $3} now, {@code $4} actor, {@code $5} whether
   * to archive, {@code $6} the versions that the row may have, null for any; what {@code %s} stands
   * for names the profile.
   */
  static final String ARCHIVE =
      """
      UPDATE profile AS p
         SET archived_at = CASE WHEN $5::boolean THEN $3::timestamptz END,
             updated_at  = greatest(p.updated_at, $3::timestamptz),
             updated_by  = $4,
             version     = p.version + 1
       WHERE p.workspace_id = $1 AND p.source_id = $2 AND (p.archived_at IS NOT NULL) <> $5
         AND ($6::bigint[] IS NULL OR p.version = ANY ($6)) AND p.key = (
             SELECT key FROM profile
              WHERE workspace_id = $1 AND source_id = $2 AND %s
              ORDER BY updated_at DESC, id DESC
              LIMIT 1)
      """
          + RETURNING_UPDATED;

  private ProfileStatements() {}
}
