package io.vitae.database;

/** A write that the database refused because it would break a unique constraint. */
public final class ConstraintViolationException extends RefusedException {
  private static final long serialVersionUID = 1L;

  private final String constraint;

  ConstraintViolationException(String constraint) {
    // The server's own message quotes the offending values, which may be personal data.
    super("Unique constraint violated: " + constraint);
    this.constraint = constraint;
  }

  /** The constraint's name in the schema. */
  public String constraint() {
    return constraint;
  }
}
