package io.vitae.access;

import io.vitae.json.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A secret that a client presents in {@code X-API-KEY}: {@code ask_}, {@code askr_} or {@code
 * askw_} and 32 lower-case hex digits. It never leaves this class but as its digest.
 */
public final class ApiKey {
  private static final Pattern FORM = Pattern.compile("ask[rw]?_[0-9a-f]{32}");

  private static final int PREFIX_DIGITS = 8;

  private final String secret;
  private final byte[] digest;

  private ApiKey(String secret) {
    this.secret = secret;
    this.digest = Sha256.start().digest(secret.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * The key in {@code text}, or nothing when the text, which may be null, is not formed like one.
   */
  public static Optional<ApiKey> parse(String text) {
    return text != null && FORM.matcher(text).matches()
        ? Optional.of(new ApiKey(text))
        : Optional.empty();
  }

  /** A new key with 128 random bits. */
  static ApiKey random(Permission permission) {
    byte[] bits = new byte[16];
    // Not kept in a static field, which a native image would fill when it is built.
    new SecureRandom().nextBytes(bits);
    return new ApiKey(permission.prefix() + HexFormat.of().formatHex(bits));
  }

  /** The secret itself, for the one answer that shows it. */
  String secret() {
    return secret;
  }

  /**
   * How the key begins: what somebody may know who has seen a part of it. It is far too short to be
   * the secret, and yet two keys hardly share it.
   */
  String prefix() {
    return secret.substring(0, secret.indexOf('_') + 1 + PREFIX_DIGITS);
  }

  /** What the prefix promises. What counts is what the database says of the key. */
  public Permission permission() {
    for (Permission permission : Permission.values()) {
      if (secret.startsWith(permission.prefix())) {
        return permission;
      }
    }
    throw new IllegalStateException("A parsed key has one of the known prefixes");
  }

  /** SHA-256 of the secret, 32 bytes: all that is stored of it. */
  public byte[] digest() {
    return digest.clone();
  }

  /** The same in hexadecimal, as caches know the key. */
  String digestHex() {
    return HexFormat.of().formatHex(digest);
  }

  @Override
  public String toString() {
    return "ApiKey[redacted]";
  }
}
