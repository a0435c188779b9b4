package io.vitae.profile.store;

import io.vertx.core.buffer.Buffer;
import java.time.OffsetDateTime;
import java.util.function.Function;

/**
 * A write that goes through once, however often its request comes.
 *
 * @param write what to write
 * @param key the digest of the client's key, unique in the workspace
 * @param request the digest of what was asked under it
 * @param expired the time at or before which a remembered answer is none any more
 * @param answer makes the answer of a write that left a profile; it is called inside the
 *     transaction, so it must not wait for anything
 */
public record OnceWrite(
    ProfileWrite write,
    Buffer key,
    Buffer request,
    OffsetDateTime expired,
    Function<WriteResult, RememberedAnswer> answer) {
  @Override
  public String toString() {
    return "OnceWrite[redacted]";
  }
}
