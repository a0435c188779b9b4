package io.vitae.wire;

import io.vertx.ext.web.RoutingContext;

/**
 * What a request has taken, and its answer over HTTP/2 keeps until it has been sent (adr/0022).
 * Safe for use by many threads.
 */
public interface AnswerRoom {
  /** Under which name a request carries it. */
  String KEY = AnswerRoom.class.getName();

  /**
   * Keeps the request's place until {@link #release}, and takes room for its answer where its body
   * had some.
   *
   * @param bytes how many the answer has
   * @return whether there is room for it; if not, that of the body is kept
   */
  boolean hold(long bytes);

  /** Gives all of it back. */
  void release();

  /** That of a request; one that takes nothing has room for everything. */
  static AnswerRoom of(RoutingContext request) {
    return request.get(KEY, Unbounded.ROOM);
  }

  /** Outside of the API: descriptions, probes. */
  enum Unbounded implements AnswerRoom {
    ROOM;

    @Override
    public boolean hold(long bytes) {
      return true;
    }

    @Override
    public void release() {
      // Nothing was taken.
    }
  }
}
