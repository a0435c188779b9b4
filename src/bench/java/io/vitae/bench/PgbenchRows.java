package io.vitae.bench;

import static io.vitae.bench.Settings.CONNECTIONS;
import static io.vitae.bench.Settings.FEW_CLIENTS;

import io.vitae.bench.Row.When;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rows in which pgbench asks PostgreSQL: what the service is measured against. */
final class PgbenchRows {
  private static final String WRITE = "the write that we ship";

  private final Pgbench pgbench;

  PgbenchRows(Pgbench pgbench) {
    this.pgbench = pgbench;
  }

  List<Row> all() {
    List<Row> rows = new ArrayList<>();
    for (int clients : List.of(FEW_CLIENTS, CONNECTIONS)) {
      rows.add(row("pg-write", WRITE, clients, When.ALWAYS, PgbenchScripts.shippedWrite()));
      rows.add(
          row(
              "pg-bare",
              "plain upsert, bare table",
              clients,
              When.ALWAYS,
              PgbenchScripts.plainUpsert()));
      rows.add(row("pg-select", "SELECT by key", clients, When.ALWAYS, PgbenchScripts.select()));
    }
    rows.add(row("pg-write", WRITE, 1, When.FULL, PgbenchScripts.shippedWrite()));
    rows.add(
        row(
            "pg-side",
            "an edit from its side table, nothing else",
            FEW_CLIENTS,
            When.ONCE,
            PgbenchScripts.sideTable()));
    rows.add(row("pg-nothing", "nothing", FEW_CLIENTS, When.ONCE, PgbenchScripts.nothing()));
    return rows;
  }

  private Row row(String kind, String title, int clients, When when, String script) {
    String id = kind + "-" + clients;
    String who = clients == 1 ? "pgbench, 1 client: " : "pgbench, " + clients + " clients: ";
    return new Row(
        id,
        who + title,
        when,
        Optional.empty(),
        List.of(),
        time -> pgbench.run(id, script, clients, time));
  }
}
