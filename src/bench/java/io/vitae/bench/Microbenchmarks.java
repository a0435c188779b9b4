package io.vitae.bench;

import java.nio.file.Path;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs what JMH measures, allocations included. */
final class Microbenchmarks {
  private Microbenchmarks() {}

  /** Prints the results, and writes them to a file. */
  static void run(String java, Path result) {
    try {
      new Runner(
              new OptionsBuilder()
                  .include("io\\.vitae\\..*Benchmark")
                  .jvm(java)
                  .jvmArgs("-Xmx512m", "-XX:+UseSerialGC")
                  .addProfiler(GCProfiler.class)
                  .resultFormat(ResultFormatType.JSON)
                  .result(result.toString())
                  .build())
          .run();
    } catch (RunnerException e) {
      throw new BenchmarkException("JMH failed: " + e.getMessage());
    }
  }
}
