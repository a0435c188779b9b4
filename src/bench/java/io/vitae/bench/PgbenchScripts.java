package io.vitae.bench;

import io.vitae.profile.store.ProfileRow;
import io.vitae.profile.store.ShippedWrite;
import io.vitae.profile.store.ShippedWrite.Value;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What pgbench runs.
 *
 * <p>pgbench cannot read a document from a file, so the edits lie in side tables as text. Each
 * write takes one by a random number, puts a random revision in and casts it to {@code jsonb}, all
 * in the statement that writes. A real client sends the document over the wire instead: what that
 * costs the server, a few µs more for receiving, stands against the read of the side table, which
 * {@link #sideTable} measures alone.
 */
final class PgbenchScripts {
  private static final Pattern PARAMETER = Pattern.compile("\\$(\\d+)");

  private static final String NUMBERS =
      """
      \\set n random(1, :edits)
      \\set revision random(1000000000, 9999999999)
      """;

  private static final String REVISED = "e.prefix || :revision::bigint || e.suffix";

  private PgbenchScripts() {}

  /**
   * The write that the service ships, one row at a time. What it takes from its side table is made
   * once, however often it mentions that, as it is when a client sends it.
   */
  static String shippedWrite() {
    List<Value> values = ShippedWrite.parameters();
    String parameters =
        IntStream.rangeClosed(1, values.size())
            .mapToObj(number -> expression(values.get(number - 1)) + " AS p" + number)
            .collect(Collectors.joining(",\n       "));
    String statement =
        PARAMETER
            .matcher(ShippedWrite.sql())
            .replaceAll(match -> mention(values, Integer.parseInt(match.group(1))));
    return NUMBERS
        + """
        WITH parameters AS MATERIALIZED (
        SELECT %s
          FROM bench_edit AS e WHERE e.n = :n),
        """
            .formatted(parameters)
        + statement.strip().substring("WITH ".length())
        + ";\n";
  }

  private static String mention(List<Value> values, int number) {
    String expression = expression(values.get(number - 1));
    return expression.contains("e.")
        ? "(SELECT p%d FROM parameters)".formatted(number)
        : expression;
  }

  /** Replaces the whole document in a table that has nothing but keys and documents. */
  static String plainUpsert() {
    return NUMBERS
        + """
        INSERT INTO bare_profile AS p (key, document)
        SELECT e.key, (%s)::jsonb FROM bench_document AS e WHERE e.n = :n
        ON CONFLICT (key) DO UPDATE SET document = excluded.document;
        """
            .formatted(REVISED);
  }

  /** What taking an edit from its side table costs alone. */
  static String sideTable() {
    return NUMBERS
        + """
        SELECT length((%s)) + length(e.text) + length(e.experiences) + length(e.educations)
          FROM bench_edit AS e WHERE e.n = :n;
        """
            .formatted(REVISED);
  }

  /** A statement that does nothing: what {@link #sideTable} costs beyond it is the side table's. */
  static String nothing() {
    return NUMBERS + "SELECT :n::int, :revision::bigint;\n";
  }

  /** The columns that a GET answers with, of a profile by its key. */
  static String select() {
    return """
    \\set n 1 + :stride * random(0, :reads - 1)
    SELECT %s
      FROM profile AS p
     WHERE p.workspace_id = :workspace::bigint AND p.source_id = :source::bigint
       AND p.key = left(encode(sha256(:n::text::bytea), 'hex'), 40);
    """
        .formatted(ProfileRow.COLUMNS.strip());
  }

  private static String expression(Value value) {
    return switch (value) {
      case WORKSPACE -> ":workspace::bigint";
      case SOURCE -> "ARRAY[:source::bigint]";
      case KEY -> "ARRAY[e.key]";
      case REFERENCE -> "ARRAY[e.reference]";
      case REFERENCE_GIVEN, EDIT -> "ARRAY[true]";
      case PATCH -> "ARRAY[convert_to(%s, 'UTF8')]".formatted(REVISED);
      case SHOWN_CONSENT -> "ARRAY[convert_to(:shown::text, 'UTF8')]";
      case VERSIONS -> "ARRAY[NULL::text]";
      case NOW -> "ARRAY[now()]";
      case CREATED_AT -> "ARRAY[e.created_at]";
      case ACTOR -> "ARRAY[:actor::text]";
      case TEXT, EXPERIENCES, EDUCATIONS ->
          "ARRAY[convert_to(e.%s, 'UTF8')]".formatted(value.name().toLowerCase(Locale.ROOT));
    };
  }
}
