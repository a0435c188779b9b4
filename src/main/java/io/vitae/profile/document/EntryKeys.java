package io.vitae.profile.document;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitae.json.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;

/**
 * Keys for the entries of one list that came without: derived from an entry's content and from how
 * often that content came before in the list, so that the same PUT always gives the same keys.
 */
final class EntryKeys {
  /** 160 bits, the length of every key of the API. */
  private static final int KEY_BYTES = 20;

  private final MessageDigest sha256 = Sha256.start();
  private final Set<String> taken = new HashSet<>();

  /** By the key of an entry that is the first of its content. */
  private final Map<String, Integer> occurrences = new HashMap<>();

  /** Keys for a list; those that its entries bring are never given to another entry. */
  EntryKeys(JsonNode list) {
    for (JsonNode entry : list) {
      taken.add(sentIn(entry));
    }
  }

  /** The key an entry brings; empty when it brings none. */
  static String sentIn(JsonNode entry) {
    return entry.path(Fields.KEY).asText("");
  }

  /**
   * A key, 40 lower-case hex.
   *
   * @param content the text of an entry but for its key, the same for all entries that are alike
   */
  String derive(ByteBuffer content) {
    String first = digest(content, 1);
    String key;
    do {
      // Counted on from where the last entry like this one ended: a list of a thousand like it
      // would otherwise take half a million digests.
      int occurrence = occurrences.merge(first, 1, Integer::sum);
      key = occurrence == 1 ? first : digest(content, occurrence);
    } while (!taken.add(key));
    return key;
  }

  private String digest(ByteBuffer content, int occurrence) {
    sha256.update(content.duplicate());
    sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, occurrence));
    return HexFormat.of().formatHex(sha256.digest(), 0, KEY_BYTES);
  }
}
