package io.vitae.database;

import io.vitae.wire.ApiException;
import io.vitae.wire.ErrorCode;

/**
 * A statement that the server gave up for another's sake, such as a deadlock's victim: it surely
 * did nothing, and may be tried again.
 */
final class RolledBackException extends ApiException {
  private static final long serialVersionUID = 1L;

  RolledBackException() {
    super(ErrorCode.UNAVAILABLE);
  }
}
