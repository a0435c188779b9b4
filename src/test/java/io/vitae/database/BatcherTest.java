package io.vitae.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import io.vitae.observe.Observers;
import io.vitae.testing.Eventually;
import io.vitae.wire.ApiException;
import io.vitae.wire.ErrorCode;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

@SuppressWarnings("FutureReturnValueIgnored") // Not every answer is of interest.
class BatcherTest {
  private static final Vertx VERTX = Vertx.vertx();

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<Flight> flights = new CopyOnWriteArrayList<>();

  /** Where what has no answer is tried again; null for where it was. */
  private volatile String laneOfRetry;

  @AfterAll
  static void close() {
    VERTX.close();
  }

  @Test
  void theFirstRequestLeavesAtOnceAndTheOthersShareTheNextStatement() throws Exception {
    Batcher<String, String> batcher = batcher(new Limits().inFlight(1));
    CompletableFuture<String> first = submit(batcher, "a");
    Flight alone = flight(0);
    List<CompletableFuture<String>> others =
        IntStream.range(0, 5).mapToObj(i -> submit(batcher, "b" + i)).toList();

    alone.land();

    assertThat(first.join()).isEqualTo("a done");
    Flight shared = flight(1);
    assertThat(shared.requests).containsExactly("b0", "b1", "b2", "b3", "b4");
    shared.land();
    assertThat(others.stream().map(CompletableFuture::join)).allMatch(s -> s.endsWith(" done"));
    assertThat(registry.get("vitae.batch.rows").summary().max()).isEqualTo(5);
    assertThat(registry.get("vitae.batch.waiting").gauge().value()).isZero();
  }

  @Test
  void asManyBatchesAreInFlightAsAllowed() throws Exception {
    Batcher<String, String> batcher = batcher(new Limits().inFlight(2).rows(1));
    for (int i = 0; i < 4; i++) {
      submit(batcher, "r" + i);
    }
    flight(1);
    assertThat(flights).hasSize(2);
    flights.get(0).land();
    flight(2);
  }

  @Test
  void aBatchIsBoundedInRowsAndBytes() throws Exception {
    Batcher<String, String> batcher = batcher(new Limits().inFlight(1).rows(3).bytes(10));
    submit(batcher, "first");
    Flight blocking = flight(0);
    submit(batcher, "lane", "w", 6);
    submit(batcher, "lane", "x", 6);
    submit(batcher, "lane", "y", 2);
    submit(batcher, "lane", "z", 2);
    submit(batcher, "lane", "more", 1);

    blocking.land();
    assertThat(flight(1).requests).containsExactly("w");
    flight(1).land();
    assertThat(flight(2).requests).containsExactly("x", "y", "z");
    flight(2).land();
    assertThat(flight(3).requests).containsExactly("more");
    submit(batcher, "lane", "huge", 1000);
    flight(3).land();
    assertThat(flight(4).requests).containsExactly("huge");
  }

  @Test
  void lanesTakeTurnsAndShareNoStatement() throws Exception {
    Batcher<String, String> batcher = batcher(new Limits().inFlight(1).rows(2));
    submit(batcher, "busy", "first", 1);
    Flight blocking = flight(0);
    for (int i = 0; i < 6; i++) {
      submit(batcher, "busy", "b" + i, 1);
    }
    submit(batcher, "quiet", "q", 1);

    blocking.land();
    assertThat(flight(1).requests).containsExactly("b0", "b1");
    flight(1).land();
    assertThat(flight(2).requests).containsExactly("q");
  }

  @Test
  void oneIdentityIsInOneFlightAtATimeAndKeepsItsOrder() throws Exception {
    Batcher<String, String> batcher = batcher(new Limits().inFlight(2));
    submit(batcher, "same", "lane", "s0", 1);
    flight(0);
    submit(batcher, "same", "lane", "s1", 1);
    submit(batcher, "same", "lane", "s2", 1);
    submit(batcher, "other", "lane", "o", 1);

    assertThat(flight(1).requests).containsExactly("o");
    flight(0).land();
    assertThat(flight(2).requests).containsExactly("s1");
    flight(2).land();
    assertThat(flight(3).requests).containsExactly("s2");
  }

  @Test
  void aFullQueueSaysSoAtOnceAndALaneMayFillHalfOfIt() throws Exception {
    Batcher<String, String> batcher = batcher(new Limits().inFlight(1).waiting(4));
    submit(batcher, "busy", "first", 1);
    flight(0);
    submit(batcher, "busy", "b0", 1);
    submit(batcher, "busy", "b1", 1);

    assertUnavailable(submit(batcher, "busy", "b2", 1));
    CompletableFuture<String> quiet = submit(batcher, "quiet", "q", 1);
    flights.get(0).land();
    flight(1).land();
    flight(2).land();
    assertThat(quiet.join()).isEqualTo("q done");
  }

  @Test
  void theQueueIsBoundedInBytesToo() throws Exception {
    Batcher<String, String> batcher = batcher(new Limits().inFlight(1).waitingBytes(100));
    submit(batcher, "first");
    flight(0);
    submit(batcher, "lane", "w", 40);
    assertUnavailable(submit(batcher, "lane", "x", 40));
    submit(batcher, "another", "y", 40);
    assertUnavailable(submit(batcher, "third", "z", 40));
  }

  @Test
  void whoWaitsTooLongIsToldAndWhatFollowsHasItsTurn() throws Exception {
    Batcher<String, String> batcher = batcher(new Limits().inFlight(1), Duration.ofMillis(200));
    submit(batcher, "first");
    Flight stuck = flight(0);

    assertUnavailable(submit(batcher, "same", "lane", "late", 1));
    CompletableFuture<String> next = submit(batcher, "same", "lane", "next", 1);
    stuck.land();
    assertThat(flight(1).requests).containsExactly("next");
    flight(1).land();
    assertThat(next.join()).isEqualTo("next done");
  }

  @Test
  void aRefusedBatchIsSentAgainOneByOne() throws Exception {
    Batcher<String, String> batcher = batcher(new Limits().inFlight(1));
    submit(batcher, "first");
    Flight blocking = flight(0);
    CompletableFuture<String> good = submit(batcher, "good");
    CompletableFuture<String> bad = submit(batcher, "bad");
    CompletableFuture<String> fine = submit(batcher, "fine");
    blocking.land();

    flight(1).fail(new ConstraintViolationException("profile_reference"));
    assertThat(flight(2).requests).containsExactly("good");
    flight(2).land();
    assertThat(flight(3).requests).containsExactly("bad");
    flight(3).fail(new ConstraintViolationException("profile_reference"));
    assertThat(flight(4).requests).containsExactly("fine");
    flight(4).land();

    assertThat(List.of(good.join(), fine.join())).containsExactly("good done", "fine done");
    assertThat(failure(bad)).isInstanceOf(ConstraintViolationException.class);
  }

  @Test
  void whatMayHaveHappenedIsNotSentAgain() throws Exception {
    Batcher<String, String> batcher = batcher(new Limits().inFlight(1));
    submit(batcher, "first");
    Flight blocking = flight(0);
    List<CompletableFuture<String>> both = List.of(submit(batcher, "a"), submit(batcher, "b"));
    blocking.land();

    flight(1).fail(new ApiException(ErrorCode.UNAVAILABLE));

    both.forEach(BatcherTest::assertUnavailable);
    submit(batcher, "c");
    assertThat(flight(2).requests).containsExactly("c");
  }

  @Test
  void whoLosesARaceIsTriedAgainButNotForEver() throws Exception {
    Batcher<String, String> batcher = batcher(new Limits().inFlight(1));
    CompletableFuture<String> lost = submit(batcher, "lost");
    for (int i = 0; i < 5; i++) {
      Flight flight = flight(i);
      assertThat(flight.requests).containsExactly("lost");
      flight.emitter.complete(List.of(Optional.empty()));
    }
    assertUnavailable(lost);
  }

  @Test
  void whatHasNoAnswerIsTriedAgainInTheLaneOfItsRetry() throws Exception {
    laneOfRetry = "thorough";
    Batcher<String, String> batcher = batcher(new Limits().inFlight(1));
    submit(batcher, "first");
    Flight blocking = flight(0);
    CompletableFuture<String> there = submit(batcher, "lane", "there", 1);
    CompletableFuture<String> missing = submit(batcher, "same", "lane", "missing", 1);
    CompletableFuture<String> next = submit(batcher, "same", "lane", "next", 1);
    blocking.land();

    assertThat(flight(1).requests).containsExactly("there", "missing");
    flight(1).emitter.complete(List.of(Optional.of("there done"), Optional.empty()));
    assertThat(flight(2).lane).isEqualTo("thorough");
    assertThat(flight(2).requests).containsExactly("missing");
    assertThat(there.join()).isEqualTo("there done");
    flight(2).land();
    assertThat(missing.join()).isEqualTo("missing done");
    assertThat(flight(3).lane).isEqualTo("lane");
    assertThat(flight(3).requests).containsExactly("next");
    flight(3).land();
    assertThat(next.join()).isEqualTo("next done");
  }

  /** What had its answer is done, and is not told of the failure of what was tried again. */
  @Test
  void aFailureOfTheRetryIsNotThatOfItsOldNeighbours() throws Exception {
    laneOfRetry = "thorough";
    Batcher<String, String> batcher = batcher(new Limits().inFlight(1));
    submit(batcher, "first");
    Flight blocking = flight(0);
    CompletableFuture<String> there = submit(batcher, "there");
    List<CompletableFuture<String>> missing = List.of(submit(batcher, "a"), submit(batcher, "b"));
    blocking.land();

    flight(1)
        .emitter
        .complete(List.of(Optional.of("there done"), Optional.empty(), Optional.empty()));
    assertThat(flight(2).requests).containsExactlyInAnyOrder("a", "b");
    flight(2).fail(new ConstraintViolationException("profile_reference"));
    assertThat(flight(3).lane).isEqualTo("thorough");
    assertThat(flight(3).requests).hasSize(1);
    flight(3).land();
    flight(4).fail(new ConstraintViolationException("profile_reference"));

    int good = flight(3).requests.contains("a") ? 0 : 1;
    assertThat(there.join()).isEqualTo("there done");
    assertThat(missing.get(good).join()).isEqualTo(flight(3).requests.get(0) + " done");
    assertThat(failure(missing.get(1 - good))).isInstanceOf(ConstraintViolationException.class);
  }

  @Test
  void aCallerThatGoesAwayLeavesNothingBehind() throws Exception {
    Batcher<String, String> batcher = batcher(new Limits().inFlight(1));
    submit(batcher, "first");
    Flight blocking = flight(0);
    batcher.submit("lane", Optional.of("same"), 1, "gone").subscribe().with(s -> {}).cancel();
    CompletableFuture<String> next = submit(batcher, "same", "lane", "next", 1);

    blocking.land();
    assertThat(flight(1).requests).containsExactly("gone");
    flight(1).land();
    flight(2).land();
    assertThat(next.join()).isEqualTo("next done");
  }

  private static CompletableFuture<String> submit(Batcher<String, String> batcher, String request) {
    return submit(batcher, "lane", request, 1);
  }

  private static CompletableFuture<String> submit(
      Batcher<String, String> batcher, String lane, String request, int bytes) {
    return submit(batcher, null, lane, request, bytes);
  }

  private static CompletableFuture<String> submit(
      Batcher<String, String> batcher, String identity, String lane, String request, int bytes) {
    return batcher
        .submit(lane, Optional.ofNullable(identity), bytes, request)
        .subscribeAsCompletionStage();
  }

  private static void assertUnavailable(CompletableFuture<String> answer) {
    assertThat(failure(answer))
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
  }

  private static Throwable failure(CompletableFuture<String> answer) {
    try {
      return new AssertionError("answered " + answer.join());
    } catch (CompletionException e) {
      return e.getCause();
    }
  }

  /** The statement with that number, once it has been sent. */
  private Flight flight(int number) throws InterruptedException {
    Eventually.await("flight " + number, () -> flights.size() > number);
    return flights.get(number);
  }

  private Batcher<String, String> batcher(Limits limits) {
    return batcher(limits, Duration.ofSeconds(30));
  }

  private Batcher<String, String> batcher(Limits limits, Duration longestWait) {
    return new Batcher<>(
        "test",
        new Batcher.Statement<>() {
          @Override
          public Uni<List<Optional<String>>> run(Object lane, List<String> requests) {
            return Uni.createFrom()
                .emitter(emitter -> flights.add(new Flight(lane, requests, emitter)));
          }

          @Override
          public Object laneOfRetry(Object lane) {
            return laneOfRetry == null ? lane : laneOfRetry;
          }
        },
        VERTX,
        Observers.into(registry),
        limits,
        Integer.MAX_VALUE,
        limits.inFlight(),
        longestWait);
  }

  /** A statement that was sent. */
  private record Flight(
      Object lane, List<String> requests, UniEmitter<? super List<Optional<String>>> emitter) {
    void land() {
      List<Optional<String>> answers = new ArrayList<>();
      requests.forEach(request -> answers.add(Optional.of(request + " done")));
      emitter.complete(answers);
    }

    void fail(Throwable failure) {
      emitter.fail(failure);
    }
  }

  private static final class Limits implements BatchConfig {
    private int rows = 64;
    private int bytes = 1000;
    private int inFlight = 4;
    private int waiting = 100;
    private int waitingBytes = 100_000;

    Limits rows(int value) {
      rows = value;
      return this;
    }

    Limits bytes(int value) {
      bytes = value;
      return this;
    }

    Limits inFlight(int value) {
      inFlight = value;
      return this;
    }

    Limits waiting(int value) {
      waiting = value;
      return this;
    }

    Limits waitingBytes(int value) {
      waitingBytes = value;
      return this;
    }

    @Override
    public int rows() {
      return rows;
    }

    @Override
    public MemorySize bytes() {
      return new MemorySize(BigInteger.valueOf(bytes));
    }

    @Override
    public int inFlight() {
      return inFlight;
    }

    @Override
    public int listingsInFlight() {
      return inFlight;
    }

    @Override
    public int waiting() {
      return waiting;
    }

    @Override
    public MemorySize waitingBytes() {
      return new MemorySize(BigInteger.valueOf(waitingBytes));
    }
  }
}
