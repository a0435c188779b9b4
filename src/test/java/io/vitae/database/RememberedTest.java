package io.vitae.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.cache.Cache;
import io.quarkus.cache.runtime.caffeine.CaffeineCacheImpl;
import io.quarkus.cache.runtime.caffeine.CaffeineCacheInfo;
import io.smallrye.mutiny.Uni;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RememberedTest {
  private final CompletableFuture<String> answer = new CompletableFuture<>();
  private final AtomicInteger loads = new AtomicInteger();
  private final Cache cache = cache();

  @Test
  void aCallerThatGoesAwayDoesNotTakeTheOthersAlong() {
    var gone = get().subscribe().with(ignored -> {});
    CompletableFuture<String> stays = get().subscribeAsCompletionStage();

    gone.cancel();
    answer.complete("found");

    assertThat(stays.join()).isEqualTo("found");
    assertThat(loads).hasValue(1);
  }

  @Test
  void whatIsKnownIsNotLoadedAgainAndAFailureIsNotRemembered() {
    answer.completeExceptionally(new IllegalStateException("away"));
    assertThat(get().onFailure().recoverWithItem("failed").await().indefinitely())
        .isEqualTo("failed");
    Uni<String> found = Remembered.get(cache, "key", () -> Uni.createFrom().item("found"));
    assertThat(found.await().indefinitely()).isEqualTo("found");

    assertThat(get().await().indefinitely()).isEqualTo("found");
    assertThat(loads).hasValue(1);
  }

  private Uni<String> get() {
    return Remembered.get(
        cache,
        "key",
        () -> {
          loads.incrementAndGet();
          return Uni.createFrom().completionStage(answer);
        });
  }

  private static Cache cache() {
    CaffeineCacheInfo info = new CaffeineCacheInfo();
    info.name = "test";
    return new CaffeineCacheImpl(info, false);
  }
}
