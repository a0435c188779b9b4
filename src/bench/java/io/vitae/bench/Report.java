package io.vitae.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The tables that a run prints, and the same as JSON.
 *
 * @param versions names and versions of what was used
 * @param jvm of the service
 * @param parts one for each number of profiles
 */
record Report(Settings settings, Map<String, String> versions, Jvm jvm, List<Part> parts) {
  /**
   * The results at one number of profiles.
   *
   * @param profiles how many were stored
   * @param starts how long the service takes to be ready; not of every part
   */
  record Part(int profiles, List<Summary> rows, Optional<Starts> starts) {
    Optional<Summary> row(String id) {
      return rows.stream().filter(row -> row.row().id().equals(id)).findFirst();
    }

    /** The most requests per second of some rows; nothing when none was measured. */
    OptionalDouble best(List<String> ids) {
      return ids.stream().flatMap(id -> row(id).stream()).mapToDouble(Summary::perSecond).max();
    }

    /** How a row compares with what pgbench makes of the same. */
    OptionalDouble ratio(Summary row) {
      OptionalDouble best = best(row.row().baseline());
      return best.isEmpty()
          ? OptionalDouble.empty()
          : OptionalDouble.of(row.perSecond() / best.getAsDouble());
    }
  }

  /** All tables, in Markdown. */
  String markdown() {
    StringBuilder text = new StringBuilder("\n");
    text.append(LocalDate.now(ZoneOffset.UTC)).append(", ");
    versions.forEach(
        (name, version) -> text.append(name).append(": ").append(version).append("; "));
    text.append(
        "%d rounds of %d s, %d connections.%n"
            .formatted(settings.rounds(), settings.time().toSeconds(), Settings.CONNECTIONS));
    for (Part part : parts) {
      table(text, part);
      sideTable(text, part);
    }
    starts(text);
    targets(text);
    return text.toString();
  }

  private void starts(StringBuilder text) {
    Optional<Starts> measured = parts.get(0).starts();
    if (measured.isEmpty()) {
      text.append("%nNo starts: %s.%n".formatted(Starts.leftOut(jvm)));
      return;
    }
    text.append(
        "\n| from the start of the process until it is ready | median, ms | least | most |\n");
    text.append("|---|--:|--:|--:|\n");
    start(text, "as the image does, with a cache of classes", measured.get().cached());
    start(text, "a fast-jar, without", measured.get().plain());
  }

  private static void start(StringBuilder text, String title, List<Double> starts) {
    text.append(
        "| %s | %,.0f | %,.0f | %,.0f |%n"
            .formatted(
                title, Starts.median(starts), Collections.min(starts), Collections.max(starts)));
  }

  private static void table(StringBuilder text, Part part) {
    text.append(
        "\n%,d profiles (CPU in µs per request, times in ms, memory in MB):%n%n"
            .formatted(part.profiles()));
    text.append(
        "| | requests/s | ÷ pgbench | p50 | p99 | CPU server | CPU PostgreSQL | CPU generator | RSS | peak | errors |\n");
    text.append("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n");
    for (Summary row : part.rows()) {
      boolean served = row.row().server().isPresent();
      text.append(
          "| %s | %,.0f | %s | %.2f | %.2f | %s | %.0f | %.0f | %s | %s | %d |%n"
              .formatted(
                  row.row().title(),
                  row.perSecond(),
                  number(part.ratio(row)),
                  row.p50() / 1000,
                  row.p99() / 1000,
                  served ? whole(row.serverCpu()) : "",
                  row.postgresCpu(),
                  row.generatorCpu(),
                  served ? whole(row.residentMegabytes()) : "",
                  served ? whole(row.peakMegabytes()) : "",
                  row.errors()));
    }
  }

  private static void sideTable(StringBuilder text, Part part) {
    OptionalDouble side = part.best(List.of("pg-side-16"));
    OptionalDouble nothing = part.best(List.of("pg-nothing-16"));
    if (side.isPresent() && nothing.isPresent()) {
      text.append(
          String.format(
              Locale.ROOT,
              "%nThe writes of pgbench take their documents from a side table, which costs them"
                  + " %.0f µs each at this rate;%nthe service receives them over a socket instead.%n",
              1e6 / side.getAsDouble() - 1e6 / nothing.getAsDouble()));
    }
  }

  private void targets(StringBuilder text) {
    text.append("\n| ratio | measured | must | goal |\n|---|--:|--:|--:|\n");
    for (Targets.Target target : Targets.of(parts)) {
      text.append(
          "| %s | %s | %s | %s |%n"
              .formatted(target.name(), number(target.measured()), target.must(), target.goal()));
    }
  }

  private static String whole(double value) {
    return String.format(Locale.ROOT, "%.0f", value);
  }

  private static String number(OptionalDouble value) {
    return value.isPresent() ? String.format(Locale.ROOT, "%.2f", value.getAsDouble()) : "";
  }

  /** Everything, each round by itself included. */
  String json() {
    ObjectNode json = Json.object();
    json.put("date", LocalDate.now(ZoneOffset.UTC).toString());
    ObjectNode named = json.putObject("versions");
    versions.forEach(named::put);
    json.put("rounds", settings.rounds()).put("seconds", settings.time().toSeconds());
    ArrayNode all = json.putArray("parts");
    for (Part part : parts) {
      ArrayNode rows = all.addObject().put("profiles", part.profiles()).putArray("rows");
      part.rows().forEach(row -> row(rows.addObject(), part, row));
    }
    parts.get(0).starts().ifPresent(starts -> starts(json.putObject("starts"), starts));
    ArrayNode targets = json.putArray("ratios");
    for (Targets.Target target : Targets.of(parts)) {
      ObjectNode one = targets.addObject().put("name", target.name());
      target.measured().ifPresent(value -> one.put("measured", value));
      one.put("must", target.must()).put("goal", target.goal());
    }
    return json.toPrettyString() + "\n";
  }

  private static void starts(ObjectNode json, Starts starts) {
    ArrayNode cached = json.putArray("cached_ms");
    starts.cached().forEach(cached::add);
    ArrayNode plain = json.putArray("plain_ms");
    starts.plain().forEach(plain::add);
  }

  private static void row(ObjectNode json, Part part, Summary row) {
    json.put("id", row.row().id()).put("title", row.row().title());
    json.put("requests_per_second", row.perSecond());
    part.ratio(row).ifPresent(ratio -> json.put("ratio_to_pgbench", ratio));
    json.put("p50_us", row.p50()).put("p99_us", row.p99());
    json.put("server_cpu_us", row.serverCpu()).put("postgres_cpu_us", row.postgresCpu());
    json.put("generator_cpu_us", row.generatorCpu());
    json.put("rss_mb", row.residentMegabytes()).put("peak_rss_mb", row.peakMegabytes());
    json.put("errors", row.errors());
    ArrayNode rounds = json.putArray("requests_per_second_of_rounds");
    row.rounds().forEach(round -> rounds.add(round.load().perSecond()));
  }
}
