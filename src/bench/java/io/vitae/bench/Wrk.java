package io.vitae.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Load over HTTP: keep-alive connections, each with one request at a time. */
final class Wrk {
  private static final Path SCRIPT = Path.of("src", "bench", "wrk", "requests.lua");
  private static final Duration START_AND_STOP = Duration.ofSeconds(60);
  private static final Pattern RESULT = Pattern.compile("^requests=.*$", Pattern.MULTILINE);
  private static final Pattern FIELD = Pattern.compile("(\\w+)=(\\d+)");

  private final String program;

  Wrk(Path program) {
    this.program = program.toString();
  }

  /**
   * What to send.
   *
   * @param writePercent how many of the requests are writes
   */
  record Requests(Optional<Path> writes, Optional<Path> reads, int writePercent) {
    static Requests writes(Path file) {
      return new Requests(Optional.of(file), Optional.empty(), 100);
    }

    static Requests reads(Path file) {
      return new Requests(Optional.empty(), Optional.of(file), 0);
    }

    static Requests mixed(Path writes, Path reads, int writePercent) {
      return new Requests(Optional.of(writes), Optional.of(reads), writePercent);
    }
  }

  /**
   * Runs it.
   *
   * @param address of the service: {@code http://host:port}
   * @param revision the number before the first one to send
   * @param place where in the files to begin
   */
  LoadResult run(
      String address,
      int connections,
      Duration time,
      Requests requests,
      long revision,
      long place) {
    List<String> command = new ArrayList<>(List.of(program, "-t1", "-c" + connections));
    command.addAll(List.of("-d" + time.toSeconds() + "s", "--timeout", "10s"));
    command.addAll(List.of("-s", SCRIPT.toString(), address, "--"));
    command.addAll(List.of(Long.toString(revision), Long.toString(place)));
    command.add(Integer.toString(requests.writePercent()));
    command.add(requests.writes().map(Path::toString).orElse("-"));
    command.add(requests.reads().map(Path::toString).orElse("-"));
    return parse(Commands.run(Path.of("."), time.plus(START_AND_STOP), Map.of(), command));
  }

  /** The result in what the script printed, among what wrk itself prints. */
  static LoadResult parse(String output) {
    Matcher line = RESULT.matcher(output);
    if (!line.find()) {
      throw new BenchmarkException("wrk printed no result:\n" + output);
    }
    Map<String, Long> fields = new HashMap<>();
    Matcher field = FIELD.matcher(line.group());
    while (field.find()) {
      fields.put(field.group(1), Long.valueOf(field.group(2)));
    }
    long errors = 0;
    for (String kind : List.of("status", "connect", "read", "write", "timeout")) {
      errors += fields.get(kind);
    }
    return new LoadResult(
        fields.get("requests"),
        fields.get("duration_us") / 1e6,
        fields.get("p50_us"),
        fields.get("p99_us"),
        errors);
  }
}
