package io.vitae.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.vitae.testing.TestWorkspace;
import io.vitae.wire.ApiException;
import io.vitae.wire.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GuessesTest {
  private static final Uni<Optional<String>> UNKNOWN = Uni.createFrom().item(Optional.empty());
  private static final Uni<Optional<String>> KNOWN = Uni.createFrom().item(Optional.of("grant"));
  private static final String HERE = "192.0.2.1";
  private static final String ELSEWHERE = "192.0.2.2";

  private final AtomicLong now = new AtomicLong();
  private final Guesses guesses = new Guesses(new Settings(3, 2, Duration.ofMinutes(1)), now::get);

  private record Settings(int guesses, int guessesPerPrefix, Duration guessWindow)
      implements AccessConfig {}

  @Test
  void anAddressMayBeWrongSoOften() {
    guess(HERE, 3);

    assertThat(isRefused(HERE, random(), UNKNOWN)).isTrue();
    assertThat(isRefused(ELSEWHERE, random(), UNKNOWN)).isFalse();
  }

  @Test
  void soMayTheBeginningOfAKeyWhereverItComesFrom() {
    String start = "ask_01234567";
    assertThat(isRefused("192.0.2.3", start + TestWorkspace.hex(24), UNKNOWN)).isFalse();
    assertThat(isRefused("192.0.2.4", start + TestWorkspace.hex(24), UNKNOWN)).isFalse();

    assertThat(isRefused("192.0.2.5", start + TestWorkspace.hex(24), KNOWN)).isTrue();
    assertThat(isRefused("192.0.2.5", "askr_01234567" + TestWorkspace.hex(24), KNOWN)).isFalse();
  }

  @Test
  void theWindowEndsForWhoeverWaits() {
    guess(HERE, 3);
    now.addAndGet(Duration.ofSeconds(59).toNanos());
    assertThat(isRefused(HERE, random(), UNKNOWN)).isTrue();
    // To be refused meanwhile has not made it longer.
    now.addAndGet(Duration.ofSeconds(2).toNanos());

    assertThat(isRefused(HERE, random(), KNOWN)).isFalse();
  }

  @Test
  void aKeyThatWasGoodIsNeverShutOut() {
    String key = random();
    assertThat(isRefused(HERE, key, KNOWN)).isFalse();
    guess(HERE, 3);

    assertThat(isRefused(HERE, key, KNOWN)).isFalse();
    // It is looked up, not believed: it may have been revoked.
    assertThat(ask(HERE, key, UNKNOWN).await().indefinitely()).isEmpty();
  }

  @Test
  void oneWrongKeyAgainAndAgainIsOneGuess() {
    String key = random();
    for (int i = 0; i < 10; i++) {
      assertThat(isRefused(HERE, key, UNKNOWN)).isFalse();
    }
    guess(HERE, 2);
    assertThat(isRefused(HERE, random(), UNKNOWN)).isTrue();
  }

  @Test
  void manyAtOnceAreCountedBeforeTheyAreAnswered() {
    CompletableFuture<Optional<String>> later = new CompletableFuture<>();
    for (int i = 0; i < 3; i++) {
      ask(HERE, random(), Uni.createFrom().completionStage(later)).subscribe().with(ignored -> {});
    }
    assertThat(isRefused(HERE, random(), UNKNOWN)).isTrue();

    later.complete(Optional.of("grant"));
    assertThat(isRefused(HERE, random(), UNKNOWN)).as("a good key is no guess").isFalse();
  }

  @Test
  void manyRequestsAtOnceWithOneKeyAreOneGuess() {
    CompletableFuture<Optional<String>> later = new CompletableFuture<>();
    String key = random();
    List<CompletableFuture<Optional<String>>> burst =
        IntStream.range(0, 100)
            .mapToObj(i -> ask(HERE, key, Uni.createFrom().completionStage(later)))
            .map(Uni::subscribeAsCompletionStage)
            .toList();
    later.complete(Optional.of("grant"));

    assertThat(burst.stream().map(CompletableFuture::join)).allMatch(Optional::isPresent);
    guess(HERE, 3);
    assertThat(isRefused(HERE, random(), UNKNOWN)).as("taken back once, not 100 times").isTrue();
  }

  @Test
  void aDatabaseThatIsAwayMakesNoGuesses() {
    for (int i = 0; i < 10; i++) {
      Uni<Optional<String>> away =
          Uni.createFrom().failure(new ApiException(ErrorCode.UNAVAILABLE));
      assertThat(failure(ask(HERE, random(), away))).isEqualTo(ErrorCode.UNAVAILABLE);
    }
  }

  @Test
  void anIpv6NetworkIsOneAddress() {
    assertThat(Guesses.network("2001:db8:1:2:3:4:5:6"))
        .isEqualTo(Guesses.network("2001:db8:1:2::1"))
        .isNotEqualTo(Guesses.network("2001:db8:1:3::1"));
    assertThat(Guesses.network(HERE)).isNotEqualTo(Guesses.network(ELSEWHERE));
    assertThat(Guesses.network(null)).isEqualTo(Guesses.network("no address"));
  }

  private void guess(String address, int times) {
    for (int i = 0; i < times; i++) {
      assertThat(isRefused(address, random(), UNKNOWN)).isFalse();
    }
  }

  private boolean isRefused(String address, String key, Uni<Optional<String>> answer) {
    return failure(ask(address, key, answer)) == ErrorCode.TOO_MANY_REQUESTS;
  }

  private Uni<Optional<String>> ask(String address, String key, Uni<Optional<String>> answer) {
    return guesses.bounded(address, ApiKey.parse(key).orElseThrow(), () -> answer);
  }

  private static ErrorCode failure(Uni<Optional<String>> answer) {
    return answer
        .map(ignored -> (ErrorCode) null)
        .onFailure(ApiException.class)
        .recoverWithItem(failure -> failure.code())
        .await()
        .indefinitely();
  }

  private static String random() {
    return "ask_" + TestWorkspace.hex(32);
  }
}
