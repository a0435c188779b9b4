package io.vitae.database;

/** A statement that the server refused for what is in it: it did nothing, and would not again. */
public class RefusedException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  RefusedException(String message) {
    super(message);
  }
}
