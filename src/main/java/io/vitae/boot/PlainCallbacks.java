package io.vitae.boot;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.function.UnaryOperator;

/**
 * Leaves the callbacks and futures of Mutiny as they are written. Quarkus wraps each of them, so
 * that it runs in the CDI request and in the JTA transaction of whoever made it. There is neither
 * here: what belongs to a request is in its {@code RoutingContext}, and a Hibernate session is in
 * the Vert.x context. Without the wrappers a request takes about a tenth less of the processor
 * (adr/0012).
 *
 * <p>A wrapped future could also do harm. Requests that look up the same source at once share one,
 * and it can leave the CDI request of one of them in the Vert.x context of another, which then has
 * none any more as soon as the first is answered.
 */
@Singleton
class PlainCallbacks {
  void unwrap(@Observes @Priority(StartupChecks.PRIORITY) StartupEvent event) {
    Infrastructure.clearInterceptors();
    Infrastructure.setCompletableFutureWrapper(UnaryOperator.identity());
  }
}
