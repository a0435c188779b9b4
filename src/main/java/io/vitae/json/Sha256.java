package io.vitae.json;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 (FIPS 180-4). */
public final class Sha256 {
  /**
   * To look for the implementation takes longer than the digest of a key. One for each thread, and
   * so made when the program runs: a native image would keep what is made with the class.
   */
  private static final ThreadLocal<MessageDigest> UNUSED =
      ThreadLocal.withInitial(Sha256::implementation);

  private Sha256() {}

  /** A digest of nothing yet. */
  public static MessageDigest start() {
    try {
      return (MessageDigest) UNUSED.get().clone();
    } catch (CloneNotSupportedException e) {
      return implementation();
    }
  }

  private static MessageDigest implementation() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
