package io.vitae.profile.store;

import io.vertx.core.buffer.Buffer;

/** The answer to a write that went through, as whoever repeats the request is given it again. */
public final class RememberedAnswer {
  private final int status;
  private final long version;
  private final Buffer body;

  /**
   * An answer.
   *
   * @param body to the byte
   */
  public RememberedAnswer(int status, long version, Buffer body) {
    this.status = status;
    this.version = version;
    this.body = body;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The profile's version, which the entity tag shows. */
  public long version() {
    return version;
  }

  /** The bytes of the body. */
  public Buffer body() {
    return body;
  }

  @Override
  public String toString() {
    return "RememberedAnswer[redacted]";
  }
}
