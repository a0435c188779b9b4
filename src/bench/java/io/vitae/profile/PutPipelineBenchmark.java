package io.vitae.profile;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.vitae.access.Caller;
import io.vitae.access.Permission;
import io.vitae.bench.GeneratedBodies;
import io.vitae.profile.rules.ProfileRules;
import io.vitae.profile.store.ProfileWrite;
import io.vitae.source.Source;
import io.vitae.wire.LimitsConfig;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the service itself does with the body of a PUT, step by step: each benchmark does what the
 * one before it does, and one step more. One operation is one profile; {@code bytes} counts those
 * of the bodies.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
public class PutPipelineBenchmark {
  private static final ProfileWrite.Permit WRITE =
      new ProfileWrite.Permit(true, true, Optional.empty());

  /** The bodies, and who sends them. */
  @State(Scope.Thread)
  public static class Requests {
    private static final int BODIES = 1_000;

    private final List<byte[]> bodies = GeneratedBodies.first(BODIES);
    private final ProfileReader reader = new ProfileReader(limits());
    private final ProfileRules rules = ProfileReader.rules(limits(), Clock.systemUTC());
    private final Caller caller = new Caller(1, Permission.ALL, Optional.empty());
    private final Source source =
        new Source(
            1,
            "k",
            "n",
            "api",
            "http_api",
            "production",
            0,
            OffsetDateTime.MIN,
            OffsetDateTime.MIN);
    private int next;

    private byte[] next() {
      next = (next + 1) % BODIES;
      return bodies.get(next);
    }

    private static LimitsConfig limits() {
      return new SmallRyeConfigBuilder()
          .addDiscoveredConverters()
          .withMapping(LimitsConfig.class)
          .build()
          .getConfigMapping(LimitsConfig.class);
    }
  }

  /** Counts what the bodies weigh. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Volume {
    /** Bytes of all bodies so far. */
    public long bytes;
  }

  /** Bytes to tree. */
  @Benchmark
  public Object parse(Requests requests, Volume volume) {
    return body(requests, volume);
  }

  /** And all rules. */
  @Benchmark
  public Object parseAndValidate(Requests requests, Volume volume) {
    ProfileBody body = body(requests, volume);
    return requests.rules.check(body.profile(), body.pointer(), body.extent());
  }

  /** And the text of the patch as it will be stored. */
  @Benchmark
  public Object parseValidateAndNormalise(Requests requests, Volume volume) {
    return requests.reader.draftOfPut(body(requests, volume));
  }

  /** And all else that the statement needs. */
  @Benchmark
  public Object parseValidateNormaliseAndComplete(Requests requests, Volume volume) {
    Draft draft = requests.reader.draftOfPut(body(requests, volume));
    return draft.write(requests.caller, requests.source, WRITE);
  }

  private static ProfileBody body(Requests requests, Volume volume) {
    byte[] body = requests.next();
    volume.bytes += body.length;
    return requests.reader.parse(body);
  }
}
