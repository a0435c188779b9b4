package io.vitae.bench;

import io.vitae.bench.Comparison.Pair;
import io.vitae.bench.Comparison.Side;
import io.vitae.bench.Variant.Before;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the recommended settings of the database give: edits through the service, in turn with all
 * of them and with one of them changed.
 */
final class DatabaseExperiment {
  /** Until the edited documents are stored in the new way and the log has each page once. */
  private static final Duration SETTLE = Duration.ofSeconds(3);

  private static final String REWRITE = "VACUUM (FULL) profile";
  private static final Duration APPLY_LIMIT = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(50);

  private final Settings settings;
  private final Tools tools;
  private final Jvm jvm;
  private final Path directory;
  private final List<Variant> variants;
  private final List<ServerProcess> services = new ArrayList<>();

  DatabaseExperiment(
      Settings settings, Tools tools, Jvm jvm, Path directory, List<Variant> variants) {
    this.settings = settings;
    this.tools = tools;
    this.jvm = jvm;
    this.directory = directory;
    this.variants = variants;
  }

  /** Prepares it, measures in rounds, and returns what each setting gives. */
  List<Comparison> run() {
    progress("PostgreSQL starts");
    try (BenchPostgres postgres = BenchPostgres.start(tools.postgres())) {
      progress(settings.profiles() + " profiles are loaded");
      new Loader(postgres, settings.profiles()).load();
      HttpRows http =
          new HttpRows(
              new Wrk(tools.wrk()), directory, settings.profiles(), new HttpLoad.Revisions());
      Row recommended = row(http, postgres, "service", Map.of());
      Map<Variant, Row> others = new LinkedHashMap<>();
      Map<Variant, Row> same = new LinkedHashMap<>();
      for (Variant variant : variants) {
        if (variant.change() instanceof Variant.Service service) {
          others.put(variant, row(http, postgres, variant.id(), service.environment()));
        } else {
          same.put(variant, recommended);
        }
      }
      // First, while all their JVMs have worked for about as long.
      List<Comparison> comparisons = new ArrayList<>(rounds(postgres, recommended, others));
      comparisons.addAll(rounds(postgres, recommended, same));
      return comparisons;
    } finally {
      services.forEach(ServerProcess::close);
    }
  }

  /** Edits by a service of their own, whose JVM has been warmed up. */
  private Row row(
      HttpRows http, BenchPostgres postgres, String name, Map<String, String> environment) {
    ServerProcess service =
        new Servers(postgres, directory).service(name, jvm.uncached(), environment);
    services.add(service);
    Row row =
        http.service(service, () -> {}).stream()
            .filter(each -> each.id().equals("put-edit"))
            .findFirst()
            .orElseThrow();
    progress("warming up: " + name);
    row.load().run(settings.warmUp());
    return row;
  }

  private List<Comparison> rounds(BenchPostgres postgres, Row recommended, Map<Variant, Row> rows) {
    Map<Variant, List<Pair>> pairs = new LinkedHashMap<>();
    rows.keySet().forEach(variant -> pairs.put(variant, new ArrayList<>()));
    for (int round = 1; round <= settings.rounds(); round++) {
      boolean changedFirst = round % 2 == 0;
      for (Map.Entry<Variant, Row> entry : rows.entrySet()) {
        Variant variant = entry.getKey();
        Side first = side(postgres, variant, entry.getValue(), recommended, changedFirst);
        Side second = side(postgres, variant, entry.getValue(), recommended, !changedFirst);
        set(postgres, variant, false);
        if (variant.before().contains(Before.REWRITE)) {
          // Or the next would find pages as this one left them.
          postgres.execute(REWRITE);
        }
        Pair pair = changedFirst ? new Pair(second, first) : new Pair(first, second);
        pairs.get(variant).add(pair);
        progress(
            "round %d: %s: %.0f/s, changed %.0f/s"
                .formatted(
                    round,
                    variant.id(),
                    pair.recommended().perSecond(),
                    pair.changed().perSecond()));
      }
    }
    return pairs.entrySet().stream()
        .map(entry -> new Comparison(entry.getKey(), entry.getValue()))
        .toList();
  }

  private Side side(
      BenchPostgres postgres, Variant variant, Row other, Row recommended, boolean changed) {
    Row row = changed ? other : recommended;
    set(postgres, variant, changed);
    if (variant.before().contains(Before.RESTART)) {
      postgres.restart();
    }
    verifyServer(postgres, variant, changed);
    postgres.execute("CHECKPOINT");
    row.load().run(SETTLE);
    postgres.execute(variant.before().contains(Before.REWRITE) ? REWRITE : "VACUUM profile");
    if (variant.before().contains(Before.CHECKPOINT)) {
      postgres.execute("CHECKPOINT");
    }
    DatabaseCounts before = DatabaseCounts.of(postgres);
    Measurement measurement =
        Measurement.of(row, postgres, settings.time().multipliedBy(variant.times()));
    DatabaseCounts counted = DatabaseCounts.of(postgres).since(before);
    row.load().verify();
    verifyTable(postgres, variant, changed);
    return new Side(measurement, counted);
  }

  private static void set(BenchPostgres postgres, Variant variant, boolean changed) {
    if (variant.change() instanceof Variant.Table table) {
      postgres.execute(changed ? table.change() : table.restore());
    } else if (variant.change() instanceof Variant.Server server) {
      server
          .settings()
          .forEach(
              (name, value) ->
                  postgres.execute(
                      changed
                          ? "ALTER SYSTEM SET %s = '%s'".formatted(name, value)
                          : "ALTER SYSTEM RESET " + name));
      postgres.ask("SELECT pg_reload_conf()");
    }
  }

  /** The server reads its configuration again in its own time. */
  private static void verifyServer(BenchPostgres postgres, Variant variant, boolean changed) {
    if (variant.change() instanceof Variant.Server server) {
      long deadline = System.nanoTime() + APPLY_LIMIT.toNanos();
      while (!isSet(postgres, server, changed)) {
        if (System.nanoTime() > deadline) {
          throw new BenchmarkException("PostgreSQL does not take the settings of " + variant.id());
        }
        Commands.pause(POLL);
      }
    }
  }

  private static boolean isSet(BenchPostgres postgres, Variant.Server server, boolean changed) {
    return server.settings().entrySet().stream()
        .allMatch(
            setting ->
                postgres.ask("SHOW " + setting.getKey()).equals(setting.getValue()) == changed);
  }

  private static void verifyTable(BenchPostgres postgres, Variant variant, boolean changed) {
    if (variant.change() instanceof Variant.Table table
        && postgres.ask(table.isChanged()).equals("t") != changed) {
      throw new BenchmarkException("The table is not as it was to be measured: " + variant.id());
    }
  }

  private static void progress(String message) {
    System.out.println("[bench] " + message);
  }
}
