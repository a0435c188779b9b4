package io.vitae.bench;

import static io.vitae.bench.Settings.CONNECTIONS;
import static io.vitae.bench.Settings.FEW_CLIENTS;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rows in which pgbench asks PostgreSQL: what the service is measured against. */
final class PgbenchRows {
  private final Pgbench pgbench;

  PgbenchRows(Pgbench pgbench) {
    this.pgbench = pgbench;
  }

  List<Row> all() {
    List<Row> rows = new ArrayList<>();
    for (int clients : List.of(FEW_CLIENTS, CONNECTIONS)) {
      rows.add(row("pg-write", "the write that we ship", clients, PgbenchScripts.shippedWrite()));
      rows.add(row("pg-bare", "plain upsert, bare table", clients, PgbenchScripts.plainUpsert()));
      rows.add(row("pg-select", "SELECT by key", clients, PgbenchScripts.select()));
    }
    rows.add(row("pg-write", "the write that we ship", 1, PgbenchScripts.shippedWrite()));
    rows.add(
        row(
            "pg-edit",
            "taking an edit from its side table",
            FEW_CLIENTS,
            PgbenchScripts.sideTable()));
    return rows;
  }

  private Row row(String kind, String title, int clients, String script) {
    String id = kind + "-" + clients;
    return new Row(
        id,
        "pgbench, %d clients: %s".formatted(clients, title),
        clients > 1 && !kind.equals("pg-edit"),
        Optional.empty(),
        List.of(),
        time -> pgbench.run(id, script, clients, time));
  }
}
