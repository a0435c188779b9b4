package io.vitae.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitae.bench.Comparison.Side;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** What the settings of the database give, as a table and as JSON. */
record DatabaseReport(
    Settings settings, Map<String, String> versions, List<Comparison> comparisons) {
  /** The table, in Markdown. */
  String markdown() {
    StringBuilder text = new StringBuilder("\n");
    text.append(LocalDate.now(ZoneOffset.UTC)).append(", ");
    versions.forEach(
        (name, version) -> text.append(name).append(": ").append(version).append("; "));
    text.append(
        "%d rounds of %d s, %d connections, %,d profiles.%n%n"
            .formatted(
                settings.rounds(),
                settings.time().toSeconds(),
                Settings.CONNECTIONS,
                settings.profiles()));
    text.append("| recommended | changed to | PUT/s | changed ÷ recommended | rounds |");
    text.append(" CPU of PostgreSQL, changed ÷ recommended | WAL per PUT, KB | changed |");
    text.append(" HOT, % | changed | checkpoints | changed |\n");
    text.append("|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n");
    comparisons.forEach(comparison -> row(text, comparison));
    return text.toString();
  }

  private static void row(StringBuilder text, Comparison one) {
    List<Double> rounds = one.ratios(Side::perSecond);
    text.append(
        "| %s | %s | %,.0f | %.2f | %.2f–%.2f | %.2f | %.1f | %.1f | %.0f | %.0f | %.0f | %.0f |%n"
            .formatted(
                one.variant().recommended(),
                one.variant().changed(),
                one.recommended(Side::perSecond),
                one.ratio(Side::perSecond),
                Collections.min(rounds),
                Collections.max(rounds),
                one.ratio(Side::postgresCpu),
                one.recommended(Side::walKilobytes),
                one.changed(Side::walKilobytes),
                one.recommended(Side::hotShare) * 100,
                one.changed(Side::hotShare) * 100,
                one.recommended(side -> side.counted().checkpoints()),
                one.changed(side -> side.counted().checkpoints())));
  }

  /** Everything, each round by itself. */
  String json() {
    ObjectNode json = Json.object();
    json.put("date", LocalDate.now(ZoneOffset.UTC).toString());
    ObjectNode named = json.putObject("versions");
    versions.forEach(named::put);
    json.put("profiles", settings.profiles()).put("seconds", settings.time().toSeconds());
    ArrayNode all = json.putArray("settings");
    for (Comparison one : comparisons) {
      ObjectNode node = all.addObject().put("id", one.variant().id());
      node.put("recommended", one.variant().recommended()).put("changed", one.variant().changed());
      node.put("puts_per_second_ratio", one.ratio(Side::perSecond));
      node.put("postgres_cpu_ratio", one.ratio(Side::postgresCpu));
      ArrayNode rounds = node.putArray("rounds");
      one.pairs()
          .forEach(
              pair -> {
                ObjectNode round = rounds.addObject();
                side(round.putObject("recommended"), pair.recommended());
                side(round.putObject("changed"), pair.changed());
              });
    }
    return json.toPrettyString() + "\n";
  }

  private static void side(ObjectNode json, Side side) {
    json.put("puts_per_second", side.perSecond()).put("postgres_cpu_us", side.postgresCpu());
    json.put("wal_bytes", side.counted().walBytes());
    json.put("puts", side.measurement().load().requests());
    json.put("updates", side.counted().updates());
    json.put("hot_updates", side.counted().hotUpdates());
    json.put("checkpoints", side.counted().checkpoints());
  }
}
