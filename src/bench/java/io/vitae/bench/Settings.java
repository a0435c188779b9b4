package io.vitae.bench;

import java.time.Duration;
import java.util.Optional;

/**
 * What a run does, from the system properties {@code bench.*}.
 *
 * @param profiles how many profiles are stored
 * @param large how many in a second part of the run; 0 for no second part
 * @param rounds how often each row is measured
 * @param time how long each time
 * @param warmUp how long the service and the peer work before the first round, for each of their
 *     rows
 * @param smoke whether only the rows are measured that the most telling ratios need
 * @param peer whether the hand-written Node service is measured, too
 * @param postgres the {@code bin} directory of a PostgreSQL; empty for the newest in Debian's place
 * @param java a home of a JDK
 * @param aot whether the service under load has a cache of its classes, as in the image
 * @param database which settings of the database are compared with others, and nothing else done:
 *     {@code true} for all, or ids of {@link Variant} with commas between; empty for the benchmark
 */
record Settings(
    int profiles,
    int large,
    int rounds,
    Duration time,
    Duration warmUp,
    boolean smoke,
    boolean peer,
    Optional<String> postgres,
    String java,
    boolean aot,
    Optional<String> database) {

  /** Decides what the generated profiles look like; results compare only for the same seed. */
  static final long SEED = 20_260_726L;

  /** Keep-alive connections of HTTP rows, and the greater number of clients of pgbench. */
  static final int CONNECTIONS = 64;

  /** The fewer clients of pgbench: with two cores it is often faster with these. */
  static final int FEW_CLIENTS = 16;

  static Settings read() {
    boolean smoke = Boolean.getBoolean("bench.smoke");
    Optional<String> database = property("bench.database");
    int seconds = number("bench.seconds", smoke ? 3 : 8);
    return new Settings(
        number("bench.profiles", smoke ? 10_000 : database.isPresent() ? 30_000 : 100_000),
        number("bench.large", smoke ? 0 : 1_000_000),
        number("bench.rounds", smoke ? 1 : database.isPresent() ? 3 : 5),
        Duration.ofSeconds(seconds),
        Duration.ofSeconds(smoke ? 12 : database.isPresent() ? 60 : 30),
        smoke,
        property("bench.peer").map(Boolean::parseBoolean).orElse(true),
        property("bench.postgres"),
        property("bench.java").orElse(System.getProperty("java.home")),
        Boolean.getBoolean("bench.aot"),
        database);
  }

  private static int number(String name, int standard) {
    return property(name).map(Integer::valueOf).orElse(standard);
  }

  private static Optional<String> property(String name) {
    return Optional.ofNullable(System.getProperty(name)).filter(value -> !value.isBlank());
  }
}
