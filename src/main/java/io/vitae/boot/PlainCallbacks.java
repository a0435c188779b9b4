package io.vitae.boot;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Leaves the callbacks of Mutiny as they are written. Quarkus wraps each of them, so that it runs
 * in the CDI request and in the JTA transaction of whoever made it. There is neither here: what
 * belongs to a request is in its {@code RoutingContext}, and a Hibernate session is in the Vert.x
 * context. Without the wrappers a request takes about a tenth less of the processor (adr/0012).
 */
@ApplicationScoped
class PlainCallbacks {
  void unwrap(@Observes @Priority(StartupChecks.PRIORITY) StartupEvent event) {
    Infrastructure.clearInterceptors();
  }
}
