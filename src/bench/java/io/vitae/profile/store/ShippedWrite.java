package io.vitae.profile.store;

import java.util.List;

/**
 * The edit that the service ships, for whoever wants to run it without the service. When {@link
 * ProfileStatements} changes, this is the place to change with it.
 */
public final class ShippedWrite {
  private ShippedWrite() {}

  /** What a parameter of the statement stands for. All but the first are arrays. */
  public enum Value {
    WORKSPACE,
    SOURCE,
    KEY,
    REFERENCE,
    REFERENCE_GIVEN,
    /** Without the large sections and the closing brace. */
    PATCH,
    SHOWN_CONSENT,
    EDIT,
    VERSIONS,
    NOW,
    CREATED_AT,
    ACTOR,
    TEXT,
    EXPERIENCES,
    EDUCATIONS
  }

  /** Edits profiles that are named by their keys, with {@code $1} … for its parameters. */
  public static String sql() {
    return ProfileStatements.EDIT_BY_KEY;
  }

  /** What {@code $1} … stand for, in their order. */
  public static List<Value> parameters() {
    return List.of(Value.values());
  }
}
