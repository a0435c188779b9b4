package io.vitae.database;

import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vitae.observe.Observation;
import io.vitae.observe.Observer;
import io.vitae.wire.ApiException;
import io.vitae.wire.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lets requests share statements: what arrives while the statements in flight are busy forms the
 * next one (adr/0006). There is no timer that a request would wait for: while a flight is free, the
 * next batch leaves at the end of the event loop's turn.
 *
 * <p>Each caller is answered on its own Vert.x context after the statement of its batch has
 * returned, so after the commit. A caller that goes away changes nothing: its request is carried
 * out with the others.
 *
 * <p>When the server refuses a batch or gives it up, which undoes all of it, every request of it is
 * sent again alone, so that only those fail that fail for themselves.
 *
 * @param <Q> a request
 * @param <A> its answer
 */
public final class Batcher<Q, A> {
  /** How often a request without an answer is tried; who lost a race sees what the winner left. */
  private static final int ATTEMPTS = 5;

  /** A request that has waited too long is noticed this many times within the limit. */
  private static final int LOOKS_PER_WAIT = 4;

  private final String name;
  private final Statement<Q, A> statement;
  private final Vertx vertx;
  private final Observer observer;
  private final Duration longestWait;
  private final BatchQueue<Q, A> queue;

  private int freeFlights;
  private boolean watching;

  Batcher(
      String name,
      Statement<Q, A> statement,
      Vertx vertx,
      Observer observer,
      BatchConfig config,
      int rows,
      int inFlight,
      Duration longestWait) {
    this.name = name;
    this.statement = statement;
    this.vertx = vertx;
    this.observer = observer;
    this.longestWait = longestWait;
    this.queue = new BatchQueue<>(config, rows);
    this.freeFlights = inFlight;
    observer.watch(name, this::waiting);
  }

  /** Carries out some requests of one lane in one statement. */
  public interface Statement<Q, A> {
    /**
     * Runs the statement, which must be a transaction of its own.
     *
     * @param lane what the requests have in common
     * @param requests none of which has the same identity as another
     * @return an answer for each request, in their order; empty when it should be tried again,
     *     because it lost a race or is for the statement of another lane
     */
    Uni<List<Optional<A>>> run(Object lane, List<Q> requests);

    /** The lane in which a request is tried again that had no answer in this one. */
    default Object laneOfRetry(Object lane) {
      return lane;
    }
  }

  /**
   * Has a request carried out.
   *
   * @param lane what shares statements with it; the lanes take turns
   * @param identity requests that are equal here are carried out one after the other, in the order
   *     of their arrival; empty for a request that may meet any other
   * @param bytes its size, for the limits
   * @return the answer; fails with {@link ErrorCode#UNAVAILABLE} when too many requests wait
   *     already or this one has waited too long, and as {@link Database#guard} says
   */
  public Uni<A> submit(Object lane, Optional<Object> identity, int bytes, Q request) {
    return Uni.createFrom()
        .emitter(
            emitter ->
                enter(
                    new Pending<>(
                        lane,
                        identity.orElse(null),
                        bytes,
                        request,
                        emitter,
                        vertx.getOrCreateContext())));
  }

  private void enter(Pending<Q, A> pending) {
    boolean depart;
    synchronized (this) {
      if (!queue.offer(pending)) {
        pending.emitter.fail(new ApiException(ErrorCode.UNAVAILABLE));
        return;
      }
      depart = freeFlights > 0;
      if (depart) {
        freeFlights--;
      }
      if (!watching) {
        watching = true;
        watch();
      }
    }
    if (depart) {
      // Not at once: what else the event loop has read in this turn comes along. And not on the
      // caller's context, because the statement is not this caller's alone.
      VertxContext.getRootContext(pending.context).runOnContext(ignored -> depart());
    }
  }

  /** Sends the next batch with a flight that the caller holds, or gives the flight back. */
  private void depart() {
    List<Pending<Q, A>> batch;
    synchronized (this) {
      batch = queue.nextBatch();
      if (batch.isEmpty()) {
        freeFlights++;
        return;
      }
    }
    long waited = System.nanoTime() - batch.get(0).since;
    observer.observe(new Observation.Batch(name, batch.size(), waited));
    List<Q> requests = new ArrayList<>(batch.size());
    for (Pending<Q, A> pending : batch) {
      requests.add(pending.request);
    }
    Uni.createFrom()
        .deferred(() -> statement.run(batch.get(0).lane, requests))
        .subscribe()
        .with(answers -> answered(batch, answers), failure -> failed(batch, failure));
  }

  private void answered(List<Pending<Q, A>> batch, List<Optional<A>> answers) {
    synchronized (this) {
      for (int i = 0; i < batch.size(); i++) {
        settle(batch.get(i), answers.get(i));
      }
    }
    depart();
  }

  private void settle(Pending<Q, A> pending, Optional<A> answer) {
    if (answer.isPresent()) {
      queue.leave(pending);
      pending.complete(answer.get());
    } else if (++pending.attempts < ATTEMPTS) {
      pending.lane = statement.laneOfRetry(pending.lane);
      queue.putBack(pending);
    } else {
      queue.leave(pending);
      pending.fail(new ApiException(ErrorCode.UNAVAILABLE));
    }
  }

  private void failed(List<Pending<Q, A>> batch, Throwable failure) {
    boolean undone = failure instanceof RefusedException || failure instanceof RolledBackException;
    synchronized (this) {
      if (undone && batch.size() > 1) {
        for (int i = batch.size() - 1; i >= 0; i--) {
          batch.get(i).alone = true;
          queue.putBack(batch.get(i));
        }
      } else {
        batch.forEach(
            pending -> {
              queue.leave(pending);
              pending.fail(failure);
            });
      }
    }
    depart();
  }

  /** Looks after those that wait for as long as anybody does. */
  private void watch() {
    vertx.setTimer(
        Math.max(1, longestWait.toMillis() / LOOKS_PER_WAIT),
        ignored -> {
          synchronized (this) {
            long latest = System.nanoTime() - longestWait.toNanos();
            queue
                .expired(latest)
                .forEach(late -> late.fail(new ApiException(ErrorCode.UNAVAILABLE)));
            watching = queue.waiting() > 0;
            if (watching) {
              watch();
            }
          }
        });
  }

  private synchronized int waiting() {
    return queue.waiting();
  }

  /** A request that waits for its answer, and where the answer goes. */
  static final class Pending<Q, A> {
    final Object identity;
    final int bytes;
    final Q request;
    final long since = System.nanoTime();

    /** Changes only while it is neither in the queue nor in a flight. */
    Object lane;

    /** Whether it must not share a statement, after one that it shared was refused. */
    boolean alone;

    int attempts;

    private final UniEmitter<? super A> emitter;
    private final Context context;

    Pending(
        Object lane,
        Object identity,
        int bytes,
        Q request,
        UniEmitter<? super A> emitter,
        Context context) {
      this.lane = lane;
      this.identity = identity;
      this.bytes = bytes;
      this.request = request;
      this.emitter = emitter;
      this.context = context;
    }

    void complete(A answer) {
      context.runOnContext(ignored -> emitter.complete(answer));
    }

    void fail(Throwable failure) {
      context.runOnContext(ignored -> emitter.fail(failure));
    }
  }
}
