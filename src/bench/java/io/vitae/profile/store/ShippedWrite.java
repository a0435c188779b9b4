package io.vitae.profile.store;

import java.util.List;

/**
 * The one-row write that the service ships, for whoever wants to run it without the service. When
 * {@link ProfileStatements} changes, this is the place to change with it.
 */
public final class ShippedWrite {
  private ShippedWrite() {}

  /** What a parameter of the statement stands for. */
  public enum Value {
    WORKSPACE,
    SOURCE,
    PATCH,
    NOW,
    CREATED_AT,
    ACTOR,
    REFERENCE,
    REFERENCE_GIVEN,
    SHOWN_CONSENT,
    KEY,
    MISSING
  }

  /** An upsert of a profile that is named by its key, with {@code $1} … for its parameters. */
  public static String sql() {
    return ProfileStatements.UPSERT_BY_KEY;
  }

  /** What {@code $1} … stand for, in their order. */
  public static List<Value> parameters() {
    return List.of(
        Value.WORKSPACE,
        Value.SOURCE,
        Value.PATCH,
        Value.NOW,
        Value.CREATED_AT,
        Value.ACTOR,
        Value.REFERENCE,
        Value.REFERENCE_GIVEN,
        Value.SHOWN_CONSENT,
        Value.KEY,
        Value.MISSING);
  }
}
