package io.vitae.boot;

import io.quarkus.runtime.Quarkus;
import java.lang.reflect.Proxy;
import org.jboss.logging.Logger;

/**
 * Makes SIGTERM a request that is carried out and reported as success.
 *
 * <p>The JVM's own answer to it ends with 143 however well everything went, so that an orchestrator
 * could not tell a drained process from one that was cut off.
 */
final class StopSignal {
  private static final Logger LOG = Logger.getLogger(StopSignal.class);

  private StopSignal() {}

  /**
   * From now on SIGTERM stops the application as {@code quarkus.shutdown.*} says: not ready at
   * once, requests served during the delay, those in flight finished, exit code 0.
   */
  static void install() {
    try {
      // By reflection, because the compiler's warning of these two cannot be turned off, and a
      // warning fails the build.
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object stop =
          Proxy.newProxyInstance(
              StopSignal.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                Quarkus.asyncExit(0);
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance("TERM"), stop);
    } catch (ReflectiveOperationException e) {
      LOG.warn("SIGTERM will be obeyed but end with exit code 143", e);
    }
  }
}
