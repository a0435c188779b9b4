package io.vitae.profile.store;

/** The answer to a write that went through, as whoever repeats the request is given it again. */
public final class RememberedAnswer {
  private final int status;
  private final long version;
  private final byte[] body;

  /**
   * An answer.
   *
   * @param body to the byte; it is not copied, so nobody may change it
   */
  public RememberedAnswer(int status, long version, byte[] body) {
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

  /** The bytes of the body, not a copy. */
  public byte[] body() {
    return body;
  }

  @Override
  public String toString() {
    return "RememberedAnswer[redacted]";
  }
}
