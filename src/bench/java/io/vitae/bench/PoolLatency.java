package io.vitae.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Tuple;
import io.vitae.json.JsonDocument;
import io.vitae.profile.document.LargeSection;
import io.vitae.profile.store.ShippedWrite;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.LongStream;

/**
 * The write that the service ships, by the same client of PostgreSQL and one after the other,
 * without HTTP, validation and batches: how long a write takes at least. A process of its own, with
 * the JVM flags of the service.
 */
public final class PoolLatency {
  private static final int EDITS = 2_000;

  private final Pool pool;
  private final long workspace;
  private final long source;
  private final List<Edit> edits = new ArrayList<>();
  private long revision;

  private PoolLatency(Pool pool, Map<String, String> environment) {
    this.pool = pool;
    this.workspace = Long.parseLong(environment.get("BENCH_WORKSPACE"));
    this.source = Long.parseLong(environment.get("BENCH_SOURCE"));
    this.revision = Long.parseLong(environment.get("BENCH_REVISION"));
    int profiles = Integer.parseInt(environment.get("BENCH_PROFILES"));
    Selection edited = Selection.edited(profiles, Selection.Edit.WHOLE);
    for (int place = 0; place < Math.min(EDITS, edited.count()); place++) {
      edits.add(new Edit(edited.number(place), Dataset.PROFILES));
    }
  }

  private record Edit(int number, Dataset.Stored stored) {
    Edit(int number, Profiles profiles) {
      this(number, Dataset.Stored.of(profiles.whole(number, 0, 0)));
    }
  }

  /**
   * Prints what {@link Wrk#parse} reads.
   *
   * @param arguments seconds to warm up, seconds to measure
   */
  public static void main(String... arguments) throws InterruptedException, ExecutionException {
    Map<String, String> environment = System.getenv();
    PgConnectOptions server =
        new PgConnectOptions()
            .setHost("127.0.0.1")
            .setPort(Integer.parseInt(environment.get("PGPORT")))
            .setDatabase(BenchPostgres.DATABASE)
            .setUser(BenchPostgres.USER)
            .setPassword(environment.get("PGPASSWORD"))
            .setCachePreparedStatements(true);
    Vertx vertx = Vertx.vertx();
    Pool pool =
        PgBuilder.pool()
            .with(new PoolOptions().setMaxSize(1))
            .connectingTo(server)
            .using(vertx)
            .build();
    PoolLatency latency = new PoolLatency(pool, environment);
    latency.run(Duration.ofSeconds(Long.parseLong(arguments[0])));
    Duration time = Duration.ofSeconds(Long.parseLong(arguments[1]));
    long[] nanos = latency.run(time);
    System.out.printf(
        "requests=%d duration_us=%d p50_us=%d p99_us=%d status=0 connect=0 read=0 write=0 timeout=0%n",
        nanos.length,
        time.toNanos() / 1000,
        Statistics.percentile(nanos, 0.5) / 1000,
        Statistics.percentile(nanos, 0.99) / 1000);
    System.exit(0);
  }

  /** How long each write took, ascending. */
  private long[] run(Duration time) throws InterruptedException, ExecutionException {
    LongStream.Builder nanos = LongStream.builder();
    long end = System.nanoTime() + time.toNanos();
    for (long start = System.nanoTime(); start < end; ) {
      Tuple parameters = parameters(edits.get((int) (++revision % edits.size())));
      pool.withConnection(
              connection -> connection.preparedQuery(ShippedWrite.sql()).execute(parameters))
          .toCompletionStage()
          .toCompletableFuture()
          .get();
      long now = System.nanoTime();
      nanos.add(now - start);
      start = now;
    }
    long[] sorted = nanos.build().toArray();
    Arrays.sort(sorted);
    return sorted;
  }

  private Tuple parameters(Edit edit) {
    Tuple parameters = Tuple.tuple();
    for (ShippedWrite.Value value : ShippedWrite.parameters()) {
      parameters.addValue(
          switch (value) {
            case WORKSPACE -> workspace;
            case SOURCE -> new Long[] {source};
            case KEY -> new String[] {Profiles.key(edit.number())};
            case REFERENCE -> new String[] {Profiles.reference(edit.number())};
            case REFERENCE_GIVEN, EDIT -> new Boolean[] {true};
            case PATCH -> new Buffer[] {revised(Dataset.Stored.rest(edit.stored().patch()))};
            case SHOWN_CONSENT -> new Buffer[] {Buffer.buffer(Dataset.SHOWN_CONSENT)};
            case VERSIONS -> new String[] {null};
            case NOW -> new OffsetDateTime[] {OffsetDateTime.now(ZoneOffset.UTC)};
            case CREATED_AT ->
                new OffsetDateTime[] {
                  edit.stored().statedCreation().map(OffsetDateTime::parse).orElse(null)
                };
            case ACTOR -> new String[] {Dataset.ACTOR};
            case TEXT -> section(edit, LargeSection.TEXT);
            case EXPERIENCES -> section(edit, LargeSection.EXPERIENCES);
            case EDUCATIONS -> section(edit, LargeSection.EDUCATIONS);
          });
    }
    return parameters;
  }

  private Buffer revised(ObjectNode rest) {
    ((ObjectNode) rest.get("metadatas").get(0)).put("value", revision);
    Buffer text = text(rest);
    return text.slice(0, text.length() - 1);
  }

  private static Buffer[] section(Edit edit, LargeSection section) {
    return new Buffer[] {
      Buffer.buffer(JsonDocument.write(edit.stored().patch().get(section.member())))
    };
  }

  private static Buffer text(ObjectNode tree) {
    return Buffer.buffer(JsonDocument.writeBytes(tree));
  }
}
