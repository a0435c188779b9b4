package io.vitae.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The row that {@link PoolLatency} measures. */
final class PoolRow {
  private static final Duration WARM_UP = Duration.ofSeconds(4);
  private static final Duration START_AND_STOP = Duration.ofSeconds(60);

  private final List<String> java = new ArrayList<>();
  private final Map<String, String> environment = new HashMap<>();
  private final HttpLoad.Revisions revisions;

  /**
   * @param variables those of pgbench, which name the workspace and the source
   */
  PoolRow(
      Jvm jvm,
      BenchPostgres postgres,
      int profiles,
      Map<String, String> variables,
      HttpLoad.Revisions revisions) {
    this.revisions = revisions;
    java.add(jvm.java());
    java.addAll(Jvm.IMAGE_FLAGS);
    java.addAll(List.of("-cp", System.getProperty("java.class.path")));
    java.add(PoolLatency.class.getName());
    environment.put("PGPORT", Integer.toString(postgres.port()));
    environment.put("PGPASSWORD", postgres.password());
    environment.put("BENCH_PROFILES", Integer.toString(profiles));
    environment.put("BENCH_WORKSPACE", variables.get("workspace"));
    environment.put("BENCH_SOURCE", variables.get("source"));
  }

  Row row() {
    return new Row(
        "pool-1",
        "the service's pool, one connection: the write that we ship",
        Row.When.FULL,
        Optional.empty(),
        List.of("pg-write-1"),
        this::run);
  }

  private LoadResult run(Duration time) {
    List<String> command = new ArrayList<>(java);
    command.add(Long.toString(WARM_UP.toSeconds()));
    command.add(Long.toString(time.toSeconds()));
    Map<String, String> all = new HashMap<>(environment);
    all.put("BENCH_REVISION", Long.toString(revisions.next()));
    Duration limit = time.plus(WARM_UP).plus(START_AND_STOP);
    return Wrk.parse(Commands.run(Path.of("."), limit, all, command));
  }
}
