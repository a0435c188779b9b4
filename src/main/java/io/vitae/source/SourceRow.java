package io.vitae.source;

import io.vertx.mutiny.sqlclient.Row;

/** How a source is read from a row, also of a query that joins it to something else. */
public final class SourceRow {
  /** The columns that {@link #of} reads, of a table called {@code s}. */
  public static final String COLUMNS =
      """
      s.id AS source_id, s.key AS source_key, s.name AS source_name, s.type AS source_type,
      s.subtype AS source_subtype, s.environment AS source_environment, s.default_consent,
      s.created_at AS source_created_at, s.updated_at AS source_updated_at
      """;

  /** A source from a row with {@link #COLUMNS}. */
  public static Source of(Row row) {
    return new Source(
        row.getLong("source_id"),
        row.getString("source_key"),
        row.getString("source_name"),
        row.getString("source_type"),
        row.getString("source_subtype"),
        row.getString("source_environment"),
        row.getShort("default_consent"),
        row.getOffsetDateTime("source_created_at"),
        row.getOffsetDateTime("source_updated_at"));
  }

  private SourceRow() {}
}
