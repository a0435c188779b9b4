package io.vitae.consent;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The purposes that something is open to, as the database keeps them: {@link Purpose#bit} is set
 * for each purpose that owner and controller both consent to.
 *
 * @param bits 0 to 63
 */
public record Consent(int bits) {
  /** Open to nothing. */
  public static final Consent NONE = new Consent(0);

  /** By bits: nearly every write and every answer without a consent of its own needs one. */
  private static final List<String> BLOCKS =
      IntStream.range(0, 1 << Purpose.values().length)
          .mapToObj(bits -> new Consent(bits).block().toString())
          .toList();

  /** Whether a purpose is consented to. */
  public boolean allows(Purpose purpose) {
    return (bits & purpose.bit()) != 0;
  }

  /** The same, with one purpose consented to or not. */
  public Consent with(Purpose purpose, boolean allowed) {
    return new Consent(allowed ? bits | purpose.bit() : bits & ~purpose.bit());
  }

  /**
   * JSON text of the consent block of a profile whose parties both consent to just this: {@code
   * owner} and {@code controller}, each with a boolean for each purpose.
   */
  public String blockText() {
    return BLOCKS.get(bits);
  }

  private ObjectNode block() {
    ObjectNode block = JsonNodeFactory.instance.objectNode();
    block.set("owner", flags());
    block.set("controller", flags());
    return block;
  }

  /** A JSON object with a boolean for each purpose, in the order of answers. */
  public ObjectNode flags() {
    ObjectNode flags = JsonNodeFactory.instance.objectNode();
    for (Purpose purpose : Purpose.values()) {
      flags.put(purpose.wireName(), allows(purpose));
    }
    return flags;
  }
}
