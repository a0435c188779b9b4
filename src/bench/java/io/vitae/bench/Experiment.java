package io.vitae.bench;

import io.vitae.bench.Report.Part;
import io.vitae.bench.Row.When;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything that is measured at one number of profiles. */
final class Experiment {
  private static final String REMOVE_CREATED =
      "DELETE FROM profile WHERE reference >= '%1$s' AND reference < '%1$s:'"
          .formatted(Profiles.CREATED_PREFIX);

  private final Settings settings;
  private final Tools tools;
  private final Jvm jvm;
  private final Path directory;
  private final int profiles;

  Experiment(Settings settings, Tools tools, Jvm jvm, Path directory, int profiles) {
    this.settings = settings;
    this.tools = tools;
    this.jvm = jvm;
    this.directory = directory;
    this.profiles = profiles;
  }

  /** Prepares it, measures in rounds, and returns the medians. */
  Part run() {
    progress("PostgreSQL starts");
    try (BenchPostgres postgres = BenchPostgres.start(tools.postgres())) {
      progress(profiles + " profiles are loaded");
      new Loader(postgres, profiles).load();
      Servers servers = new Servers(postgres, directory);
      List<Summary> rows;
      try (ServerProcess service = servers.service("service", command(), Map.of());
          ServerProcess floor = Floor.start(jvm, servers)) {
        rows =
            settings.peer()
                ? withPeer(postgres, servers, service, floor)
                : rounds(postgres, rows(postgres, service, floor, List.of()));
      }
      return new Part(profiles, rows, starts(servers));
    }
  }

  private List<String> command() {
    return settings.aot() ? jvm.cached().orElseThrow() : jvm.uncached();
  }

  /** How the service starts has nothing to do with how much is stored: only the first part asks. */
  private Optional<Starts> starts(Servers servers) {
    if (profiles != settings.profiles() || jvm.cached().isEmpty()) {
      return Optional.empty();
    }
    progress("the service is started again and again");
    return Optional.of(
        new StartUp(servers, directory).measure(jvm.cached().orElseThrow(), jvm.plain()));
  }

  private List<Summary> withPeer(
      BenchPostgres postgres, Servers servers, ServerProcess service, ServerProcess floor) {
    execute(postgres, Path.of("src", "bench", "peer", "schema.sql"));
    try (ServerProcess peer = servers.peer(tools)) {
      return rounds(postgres, rows(postgres, service, floor, List.of(peer)));
    }
  }

  private List<Row> rows(
      BenchPostgres postgres,
      ServerProcess service,
      ServerProcess floor,
      List<ServerProcess> peers) {
    progress("requests are written to files");
    HttpLoad.Revisions revisions = new HttpLoad.Revisions();
    HttpRows http = new HttpRows(new Wrk(tools.wrk()), directory, profiles, revisions);
    List<Row> rows = new ArrayList<>(http.service(service, () -> removeCreated(postgres)));
    Map<String, String> variables = variables(postgres);
    Pgbench pgbench = new Pgbench(tools.pgbench(), postgres, directory, variables);
    rows.addAll(new PgbenchRows(pgbench).all());
    rows.add(new PoolRow(jvm, postgres, profiles, variables, revisions).row());
    rows.add(http.floor(floor));
    peers.forEach(peer -> rows.addAll(http.peer(peer)));
    if (settings.smoke()) {
      rows.removeIf(row -> row.when() != When.ALWAYS);
    }
    return rows;
  }

  private List<Summary> rounds(BenchPostgres postgres, List<Row> rows) {
    Map<Row, List<Measurement>> results = new LinkedHashMap<>();
    rows.forEach(row -> results.put(row, new ArrayList<>()));
    rows.stream().filter(row -> row.server().isPresent()).forEach(this::warmUp);
    List<Row> order = new ArrayList<>(rows);
    for (int round = 1; round <= settings.rounds(); round++) {
      for (Row row : order) {
        Measurement measurement = Measurement.of(row, postgres, settings.time());
        row.load().verify();
        results.get(row).add(measurement);
        progress(
            "round %d: %s: %.0f/s".formatted(round, row.title(), measurement.load().perSecond()));
      }
      // What comes late in one round comes early in the next.
      Collections.reverse(order);
      order.removeIf(row -> row.when() == When.ONCE);
    }
    return results.entrySet().stream()
        .map(result -> new Summary(result.getKey(), result.getValue()))
        .toList();
  }

  private void warmUp(Row row) {
    progress("warming up: " + row.title());
    row.load().run(settings.warmUp());
    row.load().verify();
  }

  private Map<String, String> variables(BenchPostgres postgres) {
    Selection edited = Selection.edited(profiles, Selection.Edit.WHOLE);
    Selection read = Selection.read(profiles);
    Map<String, String> variables = new HashMap<>();
    variables.put("edits", Integer.toString(edited.count()));
    variables.put("reads", Integer.toString(read.count()));
    variables.put("stride", Integer.toString(read.stride()));
    variables.put("actor", Dataset.ACTOR);
    variables.put("shown", Dataset.SHOWN_CONSENT);
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement();
        ResultSet source = statement.executeQuery("SELECT workspace_id, id FROM source")) {
      source.next();
      variables.put("workspace", source.getString(1));
      variables.put("source", source.getString(2));
      return variables;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The next round must find the table as this one did. */
  private static void removeCreated(BenchPostgres postgres) {
    postgres.execute(REMOVE_CREATED);
    postgres.execute("VACUUM profile");
  }

  private static void execute(BenchPostgres postgres, Path script) {
    try {
      postgres.execute(Files.readString(script));
      postgres.execute("VACUUM (ANALYZE, FREEZE) peer_profile");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void progress(String message) {
    System.out.println("[bench] " + message);
  }
}
