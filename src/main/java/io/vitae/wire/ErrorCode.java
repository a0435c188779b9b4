package io.vitae.wire;

/**
 * Every way a request can fail, finer than its HTTP status.
 *
 * <p>The messages are part of the contract: HrFlow's clients compare them literally. {@code %s}
 * stands for the one argument that {@link ApiException} carries. The table of errors in the README
 * is checked against this enum.
 */
public enum ErrorCode {
  INVALID_JSON(400, "Invalid JSON"),
  INVALID_REQUEST(400, "Invalid request"),
  INVALID_SOURCE(400, "Invalid source fields"),
  UNKNOWN_SOURCE(400, "Invalid source fields. Unable to find object: source"),
  INVALID_PROFILE(400, "Invalid profile fields"),
  INVALID_PARAMETERS(400, "Invalid parameters"),
  UNKNOWN_PROFILE(400, "Invalid parameters. Unable to find object: profile"),
  UNKNOWN_API_KEY(400, "Invalid parameters. Unable to find object: key"),
  REFERENCE_USED(400, "Cannot create profile with this reference: %s. Already used!"),
  IDEMPOTENCY_KEY_REUSED(400, "Conflict: the Idempotency-Key belongs to another request"),
  UNAUTHORIZED(401, "Unauthorized. Invalid secret key"),
  PERMISSION_DENIED(401, "Unauthorized. Invalid secret key for permission: %s"),
  CONSENT_DENIED(403, "Consent denied: %s"),
  NOT_FOUND(404, "Not found"),
  METHOD_NOT_ALLOWED(405, "Method not allowed"),
  REQUEST_TIMEOUT(408, "Request timeout"),
  PRECONDITION_FAILED(412, "Precondition failed"),
  BODY_TOO_LARGE(413, "Request body too large"),
  TOO_MANY_REQUESTS(429, "Too many requests"),
  INTERNAL(500, "Internal error"),
  UNAVAILABLE(503, "Service unavailable");

  private final int status;
  private final String message;

  ErrorCode(int status, String message) {
    this.status = status;
    this.message = message;
  }

  /** The HTTP status, which the envelope's {@code code} repeats. */
  public int status() {
    return status;
  }

  /** The message, in which {@code %s} stands for the exception's argument. */
  public String message() {
    return message;
  }

  /** Whether the same request may succeed when sent again a little later. */
  public boolean isTransient() {
    return this == UNAVAILABLE || this == TOO_MANY_REQUESTS;
  }
}
