package io.vitae.bench;

/** Ends the benchmark with one line that says what is wrong. */
final class BenchmarkException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BenchmarkException(String message) {
    super(message);
  }
}
