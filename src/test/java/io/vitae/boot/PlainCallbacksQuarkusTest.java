package io.vitae.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.arc.Arc;
import io.quarkus.arc.InjectableContext.ContextState;
import io.quarkus.arc.ManagedContext;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vitae.testing.PostgresResource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What waits for a result does not wait in the request of whoever asked for it first. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class PlainCallbacksQuarkusTest {

  @Test
  void aFutureDoesNotCarryTheRequest() {
    assertThat(
            CompletableFuture.supplyAsync(
                    () ->
                        isInRequestWhenDone(
                            uni ->
                                Uni.createFrom().completionStage(uni.subscribeAsCompletionStage())))
                .join())
        .isFalse();
  }

  @Test
  void aCallbackDoesNotCarryTheRequest() {
    assertThat(
            CompletableFuture.supplyAsync(() -> isInRequestWhenDone(UnaryOperator.identity()))
                .join())
        .isFalse();
  }

  private static boolean isInRequestWhenDone(UnaryOperator<Uni<Integer>> way) {
    ManagedContext request = Arc.container().requestContext();
    AtomicReference<UniEmitter<? super Integer>> result = new AtomicReference<>();
    AtomicReference<Boolean> active = new AtomicReference<>();
    request.activate();
    ContextState state = request.getState();
    try {
      way.apply(Uni.createFrom().<Integer>emitter(result::set))
          .subscribe()
          .with(done -> active.set(request.isActive()));
    } finally {
      request.deactivate();
    }
    result.get().complete(1);
    request.destroy(state);
    return active.get();
  }
}
