package io.vitae.bench;

import io.vitae.bench.Report.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The benchmark: {@code ./mvnw -Pbench verify}; README.md says what it measures. */
public final class Benchmark {
  private static final Path DIRECTORY = Path.of("target", "bench").toAbsolutePath();

  private Benchmark() {}

  /**
   * Runs it as the system properties of {@link Settings} say, prints the tables and writes {@code
   * target/bench/result.json}. With {@code -Dbench.jmh} it runs what JMH measures instead, with
   * {@code -Dbench.database} what settings of the database give. Ends with status 1 when something
   * is missing or an answer was wrong.
   */
  public static void main(String... arguments) throws IOException {
    try {
      Settings settings = Settings.read();
      Files.createDirectories(DIRECTORY);
      if (Boolean.getBoolean("bench.jmh")) {
        Microbenchmarks.run(settings.java() + "/bin/java", DIRECTORY.resolve("jmh.json"));
      } else if (settings.database().isPresent()) {
        compare(settings, Variant.wanted(settings.database().get()));
      } else {
        run(settings);
      }
    } catch (BenchmarkException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static void run(Settings settings) throws IOException {
    Tools tools = Tools.find(settings);
    Jvm installed = Jvm.of(settings.java());
    if (settings.aot() && installed.version() < Jvm.FIRST_WITH_CACHE) {
      throw new BenchmarkException("-Dbench.aot needs a newer JVM: " + Starts.leftOut(installed));
    }
    Jvm jvm = installed.trained(DIRECTORY);
    Map<String, String> versions = Versions.of(settings, tools, jvm);
    List<Part> parts = new ArrayList<>();
    for (int profiles : List.of(settings.profiles(), settings.large())) {
      if (profiles > 0) {
        parts.add(new Experiment(settings, tools, jvm, DIRECTORY, profiles).run());
        // After each, as the larger one takes an hour, in which anything may happen.
        Report report = new Report(settings, versions, jvm, List.copyOf(parts));
        System.out.println(report.markdown());
        Files.writeString(DIRECTORY.resolve("result.json"), report.json());
      }
    }
    parts.forEach(Benchmark::refuseErrors);
  }

  private static void compare(Settings settings, List<Variant> variants) throws IOException {
    Tools tools = Tools.find(settings);
    Jvm jvm = Jvm.of(settings.java());
    List<Comparison> comparisons =
        new DatabaseExperiment(settings, tools, jvm, DIRECTORY, variants).run();
    DatabaseReport report =
        new DatabaseReport(settings, Versions.of(settings, tools, jvm), comparisons);
    System.out.println(report.markdown());
    Files.writeString(DIRECTORY.resolve("database.json"), report.json());
    for (Comparison comparison : comparisons) {
      if (comparison.errors() > 0) {
        throw new BenchmarkException(
            comparison.errors() + " errors with " + comparison.variant().id());
      }
    }
  }

  private static void refuseErrors(Part part) {
    for (Summary row : part.rows()) {
      if (row.errors() > 0) {
        throw new BenchmarkException(row.errors() + " errors in row " + row.row().id());
      }
    }
  }
}
