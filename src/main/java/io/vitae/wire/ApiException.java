package io.vitae.wire;

import java.util.List;

/**
 * A request that fails in a way its client is told about.
 *
 * <p>It is a value more than an accident, so it records no stack. What it says goes to the client
 * as it is: never put personal data of anyone but the caller's own input in it.
 */
public class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final transient List<FieldError> errors;

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

  private ApiException(ErrorCode code, String argument, List<FieldError> errors) {
    super(code.message().replace("%s", argument), null, false, false);
    this.code = code;
    this.errors = List.copyOf(errors);
  }

  /** What went wrong. */
  public ErrorCode code() {
    return code;
  }

  /** The fields at fault, empty when the failure is not about fields. */
  public List<FieldError> errors() {
    return errors;
  }
}
