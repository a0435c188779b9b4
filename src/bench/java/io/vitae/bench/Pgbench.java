package io.vitae.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Load on PostgreSQL itself: a script of pgbench, with prepared statements. */
final class Pgbench {
  private static final Duration START_AND_STOP = Duration.ofSeconds(60);
  private static final Pattern TRANSACTIONS =
      Pattern.compile("number of transactions actually processed: (\\d+)");
  private static final Pattern FAILED = Pattern.compile("number of failed transactions: (\\d+)");
  private static final Pattern PER_SECOND = Pattern.compile("tps = ([0-9.]+) \\(without");
  private static final int LATENCY_FIELD = 2;

  private final Path program;
  private final BenchPostgres postgres;
  private final Path directory;
  private final Map<String, String> variables;

  /**
   * @param directory for scripts and logs
   * @param variables what the scripts know as {@code :name}
   */
  Pgbench(Path program, BenchPostgres postgres, Path directory, Map<String, String> variables) {
    this.program = program;
    this.postgres = postgres;
    this.directory = directory;
    this.variables = Map.copyOf(variables);
  }

  /** Runs a script with so many clients. */
  LoadResult run(String name, String script, int clients, Duration time) {
    try {
      Path file = Files.writeString(directory.resolve(name + ".sql"), script);
      Path logs = Files.createTempDirectory(directory, name);
      List<String> command = new ArrayList<>(List.of(program.toString(), "-n", "-M", "prepared"));
      command.addAll(List.of("-c", Integer.toString(clients), "-j", "1"));
      command.addAll(List.of("-T", Long.toString(time.toSeconds()), "-f", file.toString()));
      command.addAll(List.of("-l", "--log-prefix=" + logs.resolve("log")));
      variables.forEach((key, value) -> command.addAll(List.of("-D", key + "=" + value)));
      command.addAll(List.of("-h", "127.0.0.1", "-p", Integer.toString(postgres.port())));
      command.addAll(List.of("-U", BenchPostgres.USER, BenchPostgres.DATABASE));
      String output =
          Commands.run(
              directory,
              time.plus(START_AND_STOP),
              Map.of("PGPASSWORD", postgres.password()),
              command);
      return parse(output, latencies(logs));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The result in what pgbench printed.
   *
   * @param latencies of the transactions, µs, ascending
   */
  static LoadResult parse(String output, long[] latencies) {
    long transactions = Long.parseLong(find(TRANSACTIONS, output));
    // The time without that of connecting, which is the first thing each client does.
    double seconds = transactions / Double.parseDouble(find(PER_SECOND, output));
    return new LoadResult(
        transactions,
        seconds,
        Statistics.percentile(latencies, 0.5),
        Statistics.percentile(latencies, 0.99),
        Long.parseLong(find(FAILED, output)));
  }

  /** The latency in a line of pgbench's log, µs. */
  static long latency(String line) {
    return Long.parseLong(line.split(" ", -1)[LATENCY_FIELD]);
  }

  private static long[] latencies(Path logs) throws IOException {
    LongStream all = LongStream.empty();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(logs)) {
      for (Path file : files) {
        try (Stream<String> lines = Files.lines(file)) {
          long[] some = lines.mapToLong(Pgbench::latency).toArray();
          all = LongStream.concat(all, Arrays.stream(some));
        }
        Files.delete(file);
      }
    }
    Files.delete(logs);
    return all.sorted().toArray();
  }

  private static String find(Pattern pattern, String output) {
    Matcher matcher = pattern.matcher(output);
    if (!matcher.find()) {
      throw new BenchmarkException("pgbench printed no result:\n" + output);
    }
    return matcher.group(1);
  }
}
