package io.vitae.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@EventLoopGuard.Exempt
class EventLoopGuardTest {

  @Test
  void noticesABlockedEventLoop() throws Exception {
    EventLoopGuard guard = new EventLoopGuard();
    guard.watch();
    CountDownLatch release = new CountDownLatch(1);
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                .setMaxEventLoopExecuteTimeUnit(TimeUnit.MILLISECONDS)
                .setMaxEventLoopExecuteTime(50)
                .setBlockedThreadCheckIntervalUnit(TimeUnit.MILLISECONDS)
                .setBlockedThreadCheckInterval(10));
    try {
      vertx.runOnContext(ignored -> awaitUninterrupted(release));
      Eventually.await("Vert.x complains", () -> !guard.complaints().isEmpty());
    } finally {
      release.countDown();
      vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
    assertThat(guard.unwatch().get(0)).contains("has been blocked for");
  }

  @Test
  void readsTheLogOfAnotherProcess() {
    assertThatThrownBy(
            () -> EventLoopGuard.check("fine\n{\"loggerName\":\"…BlockedThreadChecker\"}\n"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("blocked");
    assertThatCode(() -> EventLoopGuard.check("fine\nfine\n")).doesNotThrowAnyException();
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
