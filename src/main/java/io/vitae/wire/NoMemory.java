package io.vitae.wire;

import org.jboss.logging.Logger;

/**
 * Says that there is no memory, in one line now and then: a stack for each request that failed for
 * want of it would take more.
 */
final class NoMemory {
  private static final Logger LOG = Logger.getLogger(NoMemory.class);
  private static final OutageLog OUTAGES = new OutageLog(System::nanoTime);

  private NoMemory() {}

  /** Notes that a request failed so. */
  static void noted(OutOfMemoryError failure) {
    OUTAGES
        .failed("No memory for a request")
        .ifPresent(line -> LOG.errorf("%s: %s", line, failure.getMessage()));
  }
}
