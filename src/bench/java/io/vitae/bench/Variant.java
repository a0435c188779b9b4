package io.vitae.bench;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A setting that README.md recommends, and another value of it.
 *
 * @param id names it in {@code -Dbench.database=}
 * @param recommended what it is otherwise
 * @param changed what it is compared with
 * @param before what is done before each measurement, so that it begins where the setting counts
 * @param times how many times as long as usual a measurement takes
 */
record Variant(
    String id, String recommended, String changed, Change change, Set<Before> before, int times) {

  /**
   * With the defaults a checkpoint comes each half a minute: shorter, and none would be measured.
   */
  private static final int LONG = 5;

  /** What is changed. */
  sealed interface Change {}

  /** Nothing. How far two measurements of the same are apart, other ratios may be, too. */
  record Nothing() implements Change {}

  /** Settings of the server. */
  record Server(Map<String, String> settings) implements Change {}

  /**
   * A property of the table.
   *
   * @param isChanged asks whether it is changed, after a measurement: {@code t} or {@code f}
   */
  record Table(String change, String restore, String isChanged) implements Change {}

  /** The environment of a service of its own. */
  record Service(Map<String, String> environment) implements Change {}

  /** What is done before each measurement, with the setting and without. */
  enum Before {
    /** Restarts the server. */
    RESTART,
    /** Writes the table anew. */
    REWRITE,
    /** A checkpoint, after which each page goes to the log whole when it is first changed. */
    CHECKPOINT
  }

  /** All of them. */
  static List<Variant> all() {
    return List.of(
        of("nothing", "everything", "the same again", new Nothing()),
        of("process", "everything", "the same by another process", new Service(Map.of())),
        service("pool-4", "quarkus.datasource.reactive.max-size=16", "4"),
        service("pool-32", "quarkus.datasource.reactive.max-size=16", "32"),
        service("in-flight-1", "vitae.batch.in-flight=2", "1"),
        service("in-flight-4", "vitae.batch.in-flight=2", "4"),
        of(
            "compression",
            "documents compressed with lz4, but for large sections",
            "pglz",
            new Table(
                "ALTER TABLE profile ALTER document SET COMPRESSION pglz",
                "ALTER TABLE profile ALTER document SET COMPRESSION lz4",
                "SELECT pg_column_compression(document) = 'pglz' FROM profile WHERE reference = '%s1'"
                    .formatted(Profiles.REFERENCE_PREFIX))),
        of(
            "index",
            "no index on what every edit changes",
            "one on updated_at",
            new Table(
                "CREATE INDEX IF NOT EXISTS bench_updated ON profile (workspace_id, source_id, updated_at)",
                "DROP INDEX IF EXISTS bench_updated",
                "SELECT to_regclass('bench_updated') IS NOT NULL")),
        of(
            "wal_compression",
            "wal_compression=lz4, just after a checkpoint",
            "off",
            new Server(Map.of("wal_compression", "off")),
            Before.CHECKPOINT),
        new Variant(
            "checkpoints",
            "max_wal_size=8GB, checkpoint_timeout=15min",
            "1GB, 5min",
            new Server(
                Map.of(
                    "max_wal_size", "1GB",
                    "min_wal_size", "80MB",
                    "checkpoint_timeout", "5min")),
            Set.of(),
            LONG),
        of(
            "shared_buffers",
            "shared_buffers=512MB",
            "128MB",
            new Server(Map.of("shared_buffers", "128MB")),
            Before.RESTART),
        // Last, because its pages are new.
        of(
            "fillfactor",
            "fillfactor 70",
            "100",
            new Table(
                "ALTER TABLE profile SET (fillfactor = 100)",
                "ALTER TABLE profile SET (fillfactor = 70)",
                "SELECT 'fillfactor=100' = ANY (reloptions) FROM pg_class WHERE relname = 'profile'"),
            Before.REWRITE));
  }

  /**
   * Those that are asked for.
   *
   * @param wanted {@code true} for all, or ids with commas between
   */
  static List<Variant> wanted(String wanted) {
    if (wanted.equals("true")) {
      return all();
    }
    List<String> ids = List.of(wanted.split(",", -1));
    List<Variant> some = all().stream().filter(variant -> ids.contains(variant.id())).toList();
    if (some.size() < ids.size()) {
      throw new BenchmarkException(
          "-Dbench.database knows " + all().stream().map(Variant::id).toList());
    }
    return some;
  }

  private static Variant of(
      String id, String recommended, String changed, Change change, Before... before) {
    Set<Before> all = EnumSet.noneOf(Before.class);
    all.addAll(List.of(before));
    return new Variant(id, recommended, changed, change, all, 1);
  }

  private static Variant service(String id, String recommended, String changed) {
    String key = recommended.substring(0, recommended.indexOf('='));
    String variable = key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    return of(id, recommended, changed, new Service(Map.of(variable, changed)));
  }
}
