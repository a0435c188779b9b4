package io.vitae.consent;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The purposes that something is open to, as the database keeps them: {@link Purpose#bit} is set
 * for each purpose that owner and controller both consent to.
 *
 * @param bits 0 to 63
 */
public record Consent(int bits) {
  /** Open to nothing. */
  public static final Consent NONE = new Consent(0);

  /** Whether a purpose is consented to. */
  public boolean allows(Purpose purpose) {
    return (bits & purpose.bit()) != 0;
  }

  /** The same, with one purpose consented to or not. */
  public Consent with(Purpose purpose, boolean allowed) {
    return new Consent(allowed ? bits | purpose.bit() : bits & ~purpose.bit());
  }

  /**
   * The consent block of a profile whose parties both consent to just this: {@code owner} and
   * {@code controller}, each with a boolean for each purpose.
   */
  public ObjectNode block() {
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
