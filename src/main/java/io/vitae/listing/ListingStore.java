package io.vitae.listing;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vitae.consent.Purpose;
import io.vitae.database.Batcher;
import io.vitae.database.Batchers;
import io.vitae.database.Database;
import io.vitae.listing.Listing.Sort;
import io.vitae.profile.store.ProfileRow;
import io.vitae.source.Source;
import io.vitae.source.SourceRow;
import io.vitae.wire.ApiException;
import io.vitae.wire.ErrorCode;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Pages of profiles. Sources, count and page come from one statement, so from one snapshot: what a
 * search counts and what it shows always agree.
 */
@Singleton
class ListingStore {
  /**
   * {@code $1} workspace, {@code $2} source keys, {@code $3} limit, {@code $4} offset, then the
   * values of the filters.
   *
   * <p>Each source brings its own first rows in order; the rows of the page are then few. The
   * documents of those alone are fetched. Each source is counted by itself, too: counted in one
   * join, a workspace that has most of the profiles would make the planner read the whole table,
   * the profiles of all the others included. What is rare is found by another index than what is
   * frequent, so each execution gets a plan for its own values. Words are counted by their index
   * alone, whatever the planner takes the others to cost (adr/0026).
   */
  private static final String SQL =
      Database.PLANNED_ANEW
          + """
      WITH sources AS (
          SELECT s.* FROM source AS s WHERE s.workspace_id = $1 AND s.key = ANY ($2::text[])
      ), counted AS MATERIALIZED (
          SELECT coalesce(sum(c.matching), 0)::bigint AS total
            FROM sources AS s
           CROSS JOIN LATERAL (
                 SELECT count(*) AS matching FROM profile AS p WHERE p.workspace_id = $1 %1$s) AS c
      )
      SELECT f.known, f.total, page.*
        FROM (SELECT (SELECT count(*) FROM sources) AS known, (SELECT total FROM counted) AS total) AS f
        LEFT JOIN (
              SELECT %2$s, %3$s
                FROM sources AS s
               CROSS JOIN LATERAL (%4$s) AS p
               ORDER BY p.%5$s, p.id %6$s
               LIMIT $3 OFFSET $4) AS page ON true
       ORDER BY page.%5$s, page.id %6$s
      """;

  /** The first rows of one source. */
  private static final String FIRST =
      """
      SELECT p.* FROM profile AS p
       WHERE p.workspace_id = $1 %1$s
       ORDER BY p.%2$s, p.id %3$s
       LIMIT $3::bigint + $4::bigint
      """;

  /**
   * The first rows of one source that have the words. What most profiles have is found among the
   * first few hundred in order; but to go on like that would ask row after row for its words, and
   * those who have them may all come last. When the page is not full by then, or few have them at
   * all, the index of words brings them, and they are sorted.
   */
  private static final String FIRST_WITH_WORDS =
      """
      WITH early AS MATERIALIZED (
          SELECT p.* FROM (
                 SELECT p.* FROM profile AS p
                  WHERE p.workspace_id = $1 %4$s AND (SELECT total FROM counted) > %6$s
                  ORDER BY p.%2$s, p.id %3$s
                  LIMIT %7$s) AS p
           WHERE true %5$s
           ORDER BY p.%2$s, p.id %3$s
           LIMIT $3::bigint + $4::bigint)
      SELECT * FROM early WHERE (SELECT count(*) FROM early) = $3::bigint + $4::bigint
      UNION ALL
      (SELECT p.* FROM profile AS p
        WHERE p.workspace_id = $1 %1$s AND (SELECT count(*) FROM early) < $3::bigint + $4::bigint
        ORDER BY p.%2$s, p.id %3$s
        LIMIT $3::bigint + $4::bigint)
      """;

  /** With so few matches, to bring and sort them all costs less than to look for the first. */
  private static final int FEW = 2000;

  /** How many profiles, of all sources together, are asked for their words. */
  private static final int ASKED = 500;

  private static final int FIRST_FILTER = 5;

  private final Database database;
  private final Batcher<Listing, Found> listings;

  ListingStore(Database database, Batchers batchers) {
    this.database = database;
    this.listings =
        batchers.listings(
            "listings",
            (workspace, alone) -> query(alone.get(0)).map(found -> List.of(Optional.of(found))));
  }

  /** A profile and the source that it lies in. */
  record Entry(ProfileRow row, Source source) {}

  /** The profiles of a page, and how many there are on all pages. */
  record Found(List<Entry> entries, long total) {}

  /**
   * A page. A few of them are looked for at once, of the workspaces by turns: many searches that
   * each take a second would otherwise slow each other down until none is in time, and leave no
   * connection to anybody else.
   *
   * @return fails with {@link ErrorCode#UNKNOWN_SOURCE} when the workspace does not have all the
   *     sources, and as {@link Batcher#submit} says
   */
  Uni<Found> find(Listing listing) {
    return listings.submit(listing.workspaceId(), Optional.empty(), 0, listing);
  }

  private Uni<Found> query(Listing listing) {
    String name = listing.gate().isPresent() ? "search_profiles" : "list_profiles";
    int sources = sourceKeys(listing).length;
    return database
        .executeIn(listing.workspaceId(), name, sql(listing), Tuple.tuple(values(listing)))
        .map(rows -> found(rows, sources));
  }

  /** The statement of a listing. */
  static String sql(Listing listing) {
    String column = listing.sort().name().toLowerCase(Locale.ROOT);
    String order = listing.ascending() ? "" : "DESC";
    Conditions filters = listing.filters().conditions();
    String conditions = filters.sql(FIRST_FILTER);
    boolean byWords = listing.gate().isPresent() && filters.areOfWords();
    String matching = (byWords ? findable(listing) : readable(listing)) + conditions;
    // No index knows the order of changes.
    boolean ordered = byWords && listing.sort() == Sort.CREATED_AT;
    return SQL.formatted(
        matching,
        listing.whole() ? ProfileRow.COLUMNS : ProfileRow.SHORT_COLUMNS,
        SourceRow.COLUMNS,
        (ordered ? FIRST_WITH_WORDS : FIRST)
            .formatted(
                matching,
                column + " " + order,
                order,
                readable(listing),
                conditions,
                FEW,
                ASKED / sourceKeys(listing).length),
        column + " " + order,
        order);
  }

  /** What the statement's parameters stand for, in their order. */
  static List<Object> values(Listing listing) {
    List<Object> values = new ArrayList<>();
    values.add(listing.workspaceId());
    values.add(sourceKeys(listing));
    values.add((long) listing.page().limit());
    values.add(listing.page().offset());
    values.addAll(listing.filters().conditions().values());
    return values;
  }

  private static String[] sourceKeys(Listing listing) {
    return listing.sourceKeys().stream().distinct().toArray(String[]::new);
  }

  /** Of a source, and open to what the listing asks for. */
  private static String readable(Listing listing) {
    String gate =
        // Word for word what the index of searchable profiles says, so that the planner may use it.
        "\n AND p.archived_at IS NULL AND (p.consent IS NULL OR p.consent & "
            + Purpose.SEARCHING.bit()
            + " <> 0)";
    return "AND p.source_id = s.id"
        + (listing.gate().isPresent() ? gate : "")
        + openTo(Stream.concat(listing.gate().stream(), listing.purpose().stream()).distinct());
  }

  /** The same of a search, word for word as the index of words says it. */
  private static String findable(Listing listing) {
    return """
    AND vitae_findable(p.workspace_id, p.source_id, p.archived_at, p.consent)
        && vitae_findable_in(s.workspace_id, s.id, s.default_consent)"""
        + openTo(listing.purpose().stream().filter(purpose -> purpose != Purpose.SEARCHING));
  }

  /**
   * The consent predicate: on the derived column, or on the source's default where a profile never
   * stated any.
   */
  private static String openTo(Stream<Purpose> purposes) {
    return purposes
        .map(
            purpose -> "\n AND coalesce(p.consent, s.default_consent) & " + purpose.bit() + " <> 0")
        .collect(Collectors.joining());
  }

  private static Found found(RowSet<Row> rows, int sources) {
    List<Entry> entries = new ArrayList<>();
    long total = 0;
    for (Row row : rows) {
      if (row.getLong("known") < sources) {
        throw new ApiException(ErrorCode.UNKNOWN_SOURCE);
      }
      total = row.getLong("total");
      if (row.getLong("id") != null) {
        entries.add(new Entry(ProfileRow.of(row), SourceRow.of(row)));
      }
    }
    return new Found(entries, total);
  }
}
