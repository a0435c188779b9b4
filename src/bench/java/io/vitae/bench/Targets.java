package io.vitae.bench;

import io.vitae.bench.Report.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** The ratios that the service is held to, each of rows of one run. */
final class Targets {
  private static final List<String> BARE = List.of("pg-bare-16", "pg-bare-64");

  private final List<Target> targets = new ArrayList<>();
  private final Part part;

  private Targets(Part part) {
    this.part = part;
  }

  /**
   * One of them.
   *
   * @param measured nothing when a row was left out that it needs
   * @param must what it should at least be, or at most where less is better
   * @param goal what would be good
   */
  record Target(String name, OptionalDouble measured, String must, String goal) {}

  /** All of them: of the first part, and of the second compared with the first. */
  static List<Target> of(List<Part> parts) {
    Targets all = new Targets(parts.get(0));
    all.throughput();
    all.latency();
    all.start();
    if (parts.size() > 1) {
      all.growth(parts.get(1));
    }
    return all.targets;
  }

  private void throughput() {
    add(
        "PUT edit ÷ pgbench, the write that we ship",
        rate("put-edit", HttpRows.WRITE),
        "1.1",
        "1.5");
    add("PUT edit ÷ pgbench, plain upsert on a bare table", rate("put-edit", BARE), "0.9", "1.3");
    add("PUT edit ÷ peer", rate("put-edit", List.of("peer-put")), "1.8", "2.5");
    add("GET by key ÷ pgbench SELECT", rate("get-key", HttpRows.SELECT), "0.65", "0.9");
    add("GET by key ÷ peer", rate("get-key", List.of("peer-get")), "1.8", "2.5");
  }

  private void latency() {
    add(
        "PUT edit p99 ÷ pgbench p99, 64 clients",
        quotient("put-edit", "pg-write-64", Summary::p99),
        "≤ 1.2",
        "0.8");
    add(
        "PUT latency ÷ pgbench, one connection",
        quotient("put-1", "pg-write-1", Summary::p50),
        "",
        "");
    add(
        "PUT latency ÷ the same statement by the same pool, one connection",
        quotient("put-1", "pool-1", Summary::p50),
        "≤ 1.05",
        "1.0");
    cpu();
    add(
        "RSS of the service, the most, MB",
        value("put-edit", Summary::peakMegabytes),
        "≤ 256",
        "180");
  }

  /** Microseconds depend on the machine; what PostgreSQL and the peer need there does, too. */
  private void cpu() {
    OptionalDouble service = value("put-edit", Summary::serverCpu);
    add("service CPU per PUT, µs", service, "≤ 120", "80");
    add(
        "service CPU per PUT ÷ PostgreSQL's per plain upsert",
        divide(service, value("pg-bare-16", Summary::postgresCpu)),
        "",
        "");
    add(
        "service CPU per PUT ÷ that of JSON over HTTP alone",
        divide(service, value("floor", Summary::serverCpu)),
        "",
        "");
    add(
        "service CPU per PUT ÷ peer's",
        divide(service, value("peer-put", Summary::serverCpu)),
        "",
        "");
  }

  private void start() {
    add(
        "ready after start, AOT cache ÷ plain fast-jar",
        part.starts().stream().mapToDouble(Starts::ratio).findFirst(),
        "≤ 0.35",
        "0.25");
  }

  private void growth(Part large) {
    for (String id : List.of("put-edit", "get-key")) {
      OptionalDouble before = part.best(List.of(id));
      OptionalDouble after = large.best(List.of(id));
      add(
          "%s: throughput at %,d profiles ÷ at %,d"
              .formatted(id, large.profiles(), part.profiles()),
          divide(after, before),
          "0.85",
          "0.95");
    }
  }

  private void add(String name, OptionalDouble measured, String must, String goal) {
    targets.add(new Target(name, measured, must, goal));
  }

  private OptionalDouble rate(String id, List<String> baseline) {
    return divide(part.best(List.of(id)), part.best(baseline));
  }

  private OptionalDouble quotient(String id, String baseline, ToDoubleFunction<Summary> of) {
    return divide(value(id, of), value(baseline, of));
  }

  private OptionalDouble value(String id, ToDoubleFunction<Summary> of) {
    return part.row(id).stream().mapToDouble(of).findFirst();
  }

  private static OptionalDouble divide(OptionalDouble numerator, OptionalDouble denominator) {
    return numerator.isPresent() && denominator.isPresent()
        ? OptionalDouble.of(numerator.getAsDouble() / denominator.getAsDouble())
        : OptionalDouble.empty();
  }
}
