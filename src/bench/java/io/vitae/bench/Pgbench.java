package io.vitae.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Load on PostgreSQL itself: a script of pgbench, with prepared statements. */
final class Pgbench {
  private static final Duration WARM_UP = Duration.ofSeconds(3);
  private static final Duration START_AND_STOP = Duration.ofSeconds(60);
  private static final Pattern TRANSACTIONS =
      Pattern.compile("number of transactions actually processed: (\\d+)");
  private static final Pattern FAILED = Pattern.compile("number of failed transactions: (\\d+)");

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

  /**
   * Runs a script with so many clients.
   *
   * <p>The first seconds do not count. Each client has to connect, and PostgreSQL plans a statement
   * anew for the first five times that a connection runs it; the service's connections have that
   * behind them.
   */
  LoadResult run(String name, String script, int clients, Duration time) {
    try {
      Path file = Files.writeString(directory.resolve(name + ".sql"), script);
      Path logs = Files.createTempDirectory(directory, name);
      Duration whole = WARM_UP.plus(time);
      List<String> command = new ArrayList<>(List.of(program.toString(), "-n", "-M", "prepared"));
      command.addAll(List.of("-c", Integer.toString(clients), "-j", "1"));
      command.addAll(List.of("-T", Long.toString(whole.toSeconds()), "-f", file.toString()));
      command.addAll(List.of("-l", "--log-prefix=" + logs.resolve("log")));
      variables.forEach((key, value) -> command.addAll(List.of("-D", key + "=" + value)));
      command.addAll(List.of("-h", "127.0.0.1", "-p", Integer.toString(postgres.port())));
      command.addAll(List.of("-U", BenchPostgres.USER, BenchPostgres.DATABASE));
      Map<String, String> password = Map.of("PGPASSWORD", postgres.password());
      String output = Commands.run(directory, whole.plus(START_AND_STOP), password, command);
      return parse(output, transactions(logs), WARM_UP);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * One line of pgbench's log.
   *
   * @param micros how long it took
   * @param end when it was over, µs
   */
  record Transaction(long micros, long end) {
    static Transaction of(String line) {
      String[] fields = line.split(" ", -1);
      return new Transaction(
          Long.parseLong(fields[2]),
          Long.parseLong(fields[4]) * 1_000_000 + Long.parseLong(fields[5]));
    }
  }

  /**
   * The result in what pgbench printed and logged.
   *
   * @param warmUp how long after the first transaction the others begin to count
   */
  static LoadResult parse(String output, List<Transaction> log, Duration warmUp) {
    long all = Long.parseLong(find(TRANSACTIONS, output));
    long failed = Long.parseLong(find(FAILED, output));
    long begin =
        log.stream().mapToLong(Transaction::end).min().orElseThrow() + warmUp.toNanos() / 1000;
    long end = log.stream().mapToLong(Transaction::end).max().orElseThrow();
    long[] latencies =
        log.stream()
            .filter(transaction -> transaction.end() > begin)
            .mapToLong(Transaction::micros)
            .sorted()
            .toArray();
    double perSecond = latencies.length * 1e6 / (end - begin);
    // All of them, because CPU time is read for the whole run; at the rate of those that count.
    return new LoadResult(
        all,
        all / perSecond,
        Statistics.percentile(latencies, 0.5),
        Statistics.percentile(latencies, 0.99),
        failed);
  }

  private static List<Transaction> transactions(Path logs) throws IOException {
    List<Transaction> all = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(logs)) {
      for (Path file : files) {
        Files.readAllLines(file).forEach(line -> all.add(Transaction.of(line)));
        Files.delete(file);
      }
    }
    Files.delete(logs);
    return all;
  }

  private static String find(Pattern pattern, String output) {
    Matcher matcher = pattern.matcher(output);
    if (!matcher.find()) {
      throw new BenchmarkException("pgbench printed no result:\n" + output);
    }
    return matcher.group(1);
  }
}
