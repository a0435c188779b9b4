package io.vitae.bench;

import java.time.Duration;

/**
 * What one run of a row gave.
 *
 * @param serverCpu seconds of CPU of the server under load
 * @param postgresCpu of PostgreSQL, all its processes
 * @param generatorCpu of wrk or pgbench
 * @param residentMegabytes of the server, after the run
 * @param peakMegabytes the most it ever was
 */
record Measurement(
    LoadResult load,
    double serverCpu,
    double postgresCpu,
    double generatorCpu,
    double residentMegabytes,
    double peakMegabytes) {

  private static final Duration SETTLE = Duration.ofMillis(500);

  /** Runs a row and reads all clocks before and after. */
  static Measurement of(Row row, BenchPostgres postgres, Duration time) {
    long postmaster = postgres.postmaster();
    double server = row.server().map(ServerProcess::cpuSeconds).orElse(0.0);
    double database = CpuClock.ofFamily(postmaster);
    double generator = CpuClock.ofEndedChildren();
    LoadResult load = row.load().run(time);
    // The CPU time of a connection that has just ended is nobody's until the postmaster notices.
    Commands.pause(SETTLE);
    return new Measurement(
        load,
        row.server().map(ServerProcess::cpuSeconds).orElse(0.0) - server,
        CpuClock.ofFamily(postmaster) - database,
        CpuClock.ofEndedChildren() - generator,
        row.server().map(process -> process.megabytes("VmRSS")).orElse(0.0),
        row.server().map(process -> process.megabytes("VmHWM")).orElse(0.0));
  }

  /** µs of CPU per request, of a number of seconds. */
  double perRequest(double seconds) {
    return load.requests() == 0 ? 0 : seconds * 1e6 / load.requests();
  }
}
