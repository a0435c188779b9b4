package io.vitae.bench;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/** Rows in the text format of {@code COPY}, collected and sent together. */
final class CopyRow {
  private final StringBuilder rows = new StringBuilder();
  private boolean first = true;

  /** Adds a column; null for NULL. */
  CopyRow add(String value) {
    if (!first) {
      rows.append('\t');
    }
    first = false;
    if (value == null) {
      rows.append("\\N");
      return this;
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\\' -> rows.append("\\\\");
        case '\n' -> rows.append("\\n");
        case '\t' -> rows.append("\\t");
        default -> rows.append(c);
      }
    }
    return this;
  }

  void end() {
    rows.append('\n');
    first = true;
  }

  /** Sends the rows, and is empty again. */
  void copyTo(Connection connection, String table) throws SQLException {
    try {
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn("COPY " + table + " FROM STDIN", new StringReader(rows.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    rows.setLength(0);
  }
}
