package io.vitae.bench;

import io.vitae.bench.ReadBack.Expected;
import io.vitae.bench.Wrk.Requests;
import java.time.Duration;
import java.util.Optional;

/** What wrk sends to a server, going on in its files where it stopped the time before. */
final class HttpLoad implements Row.Load {
  /** Requests at the end of a run that need not have been answered before it was over. */
  private static final long IN_FLIGHT = 1_000;

  /** Until the server has dealt with what wrk did not wait for. */
  private static final Duration SETTLE = Duration.ofSeconds(1);

  private final Wrk wrk;
  private final ServerProcess server;
  private final int connections;
  private final Requests requests;
  private final Revisions revisions;
  private final Optional<Check> check;
  private long place;
  private long revision;
  private long written;

  /**
   * @param check of a load that writes
   */
  HttpLoad(
      Wrk wrk,
      ServerProcess server,
      int connections,
      Requests requests,
      Revisions revisions,
      Optional<Check> check) {
    this.wrk = wrk;
    this.server = server;
    this.connections = connections;
    this.requests = requests;
    this.revisions = revisions;
    this.check = check;
  }

  /** Hands out numbers of revisions, none of them twice. */
  static final class Revisions {
    /** More than any run needs. */
    private static final long STEP = 10_000_000;

    private long next = Spliced.FIRST_REVISION;

    /** The number before the first one of a run. */
    long next() {
      next += STEP;
      if (next + STEP > Spliced.LAST_REVISION) {
        throw new BenchmarkException("There are no more numbers for revisions");
      }
      return next;
    }
  }

  /**
   * How a load that writes is verified.
   *
   * @param after tidies up
   */
  record Check(ReadBack readBack, Written written, Runnable after) {}

  /** Knows what was written. */
  interface Written {
    /**
     * The profile that was written.
     *
     * @param place in the file
     * @param revision what was sent in it, unless it was sent again later
     */
    Expected at(long place, long revision);
  }

  @Override
  public LoadResult run(Duration time) {
    revision = revisions.next();
    place += written;
    LoadResult result = wrk.run(server.address(), connections, time, requests, revision, place);
    // Of a load that only reads this is merely where the next run goes on.
    int percent = requests.writePercent() == 0 ? 100 : requests.writePercent();
    written = result.requests() * percent / 100;
    return result;
  }

  @Override
  public void verify() {
    if (check.isEmpty()) {
      return;
    }
    Commands.pause(SETTLE);
    // The first request is one that wrk makes to look at, and does not send.
    long first = 1;
    long answered = Math.max(1, Math.max(written / 2, written - IN_FLIGHT) - first);
    long from = place;
    long number = revision;
    Check how = check.get();
    how.readBack()
        .check(
            offset -> how.written().at(from + offset, number + 1 + offset),
            first,
            answered,
            number);
    how.after().run();
  }
}
