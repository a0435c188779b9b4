package io.vitae.wire;

import io.vitae.json.InvalidJsonException;
import java.time.Duration;
import java.util.List;

/**
 * A request that fails in a way its client is told about.
 *
 * <p>It is a value more than an accident, so it records no stack. What it says goes to the client
 * as it is: never put personal data of anyone but the caller's own input in it.
 */
public class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** By then the pool has recovered or the replica has been replaced. */
  private static final Duration SOON = Duration.ofSeconds(1);

  private final ErrorCode code;
  private final transient List<FieldError> errors;
  private final Duration retryAfter;

  /** A failure whose message has no argument. */
  public ApiException(ErrorCode code) {
    this(code, "", List.of());
  }

  /**
   * A failure whose message has an argument.
   *
   * @param argument replaces {@code %s} in the code's message
   */
  public ApiException(ErrorCode code, String argument) {
    this(code, argument, List.of());
  }

  /**
   * A failure that names the fields at fault.
   *
   * @param errors in the order they are shown
   */
  public ApiException(ErrorCode code, List<FieldError> errors) {
    this(code, "", errors);
  }

  /**
   * A failure that will be none later.
   *
   * @param retryAfter when the same request may be sent again
   */
  public ApiException(ErrorCode code, Duration retryAfter) {
    this(code, "", List.of(), retryAfter);
  }

  /** The failure of a body that is not one JSON object: where it stops being one, and why. */
  public static ApiException of(InvalidJsonException refusal) {
    FieldError error =
        refusal
            .fault()
            .map(fault -> error(fault.pointer(), fault.message()))
            .or(
                () ->
                    refusal
                        .exceeded()
                        .map(
                            exceeded -> error(exceeded.pointer(), "is past a limit of the parser")))
            .orElseThrow();
    return new ApiException(ErrorCode.INVALID_JSON, List.of(error));
  }

  private static FieldError error(String pointer, String message) {
    return new FieldError(pointer, "invalid_json", message);
  }

  private ApiException(ErrorCode code, String argument, List<FieldError> errors) {
    this(code, argument, errors, SOON);
  }

  private ApiException(
      ErrorCode code, String argument, List<FieldError> errors, Duration retryAfter) {
    super(code.message().replace("%s", argument), null, false, false);
    this.code = code;
    this.errors = List.copyOf(errors);
    this.retryAfter = retryAfter;
  }

  /** What went wrong. */
  public ErrorCode code() {
    return code;
  }

  /** When the same request may be sent again, if the code says that it may at all. */
  Duration retryAfter() {
    return retryAfter;
  }

  /** The fields at fault, empty when the failure is not about fields. */
  public List<FieldError> errors() {
    return errors;
  }
}
