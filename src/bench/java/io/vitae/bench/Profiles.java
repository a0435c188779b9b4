package io.vitae.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Generated profiles by number, from 1: the same number gives the same profile in every run, and no
 * two are alike.
 *
 * @param seed another seed gives other profiles
 * @param sourceKey the source they are sent to
 */
record Profiles(long seed, String sourceKey) {
  /** What {@code cv-<number>} begins with. */
  static final String REFERENCE_PREFIX = "cv-";

  /** What the references of profiles begin with that a run creates. */
  static final String CREATED_PREFIX = "cv-new-";

  private static final int KEY_BYTES = 20;

  /**
   * The profile as a client sends it, with its key and reference.
   *
   * @param revision stands in an entry of {@code metadatas}, of which no search word is made
   * @param textRevision stands in the text
   */
  ObjectNode whole(long number, long revision, long textRevision) {
    ObjectNode profile = identity(number);
    profile.setAll(new ProfileGenerator(seed, number).profile(revision, textRevision));
    return profile;
  }

  /** Nothing but the identity and the {@code metadatas} of the profile. */
  ObjectNode metadatas(long number, long revision) {
    ObjectNode profile = identity(number);
    profile.set("metadatas", whole(number, revision, 0).get("metadatas"));
    return profile;
  }

  /** A profile that is not there yet and gets its key from the service. */
  ObjectNode created(long number, long revision) {
    ObjectNode profile = whole(number, 0, 0);
    profile.remove("key");
    return profile.put("reference", CREATED_PREFIX + revision);
  }

  /** The key of a profile: what {@code left(encode(sha256(number::text::bytea), 'hex'), 40)} is. */
  static String key(long number) {
    byte[] digits = Long.toString(number).getBytes(StandardCharsets.US_ASCII);
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(digits);
      return HexFormat.of().formatHex(digest, 0, KEY_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  static String reference(long number) {
    return REFERENCE_PREFIX + number;
  }

  private ObjectNode identity(long number) {
    return Json.object()
        .put("source_key", sourceKey)
        .put("key", key(number))
        .put("reference", reference(number));
  }
}
