package io.vitae.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitae.json.Extent;
import io.vitae.json.JsonDocument;
import io.vitae.profile.document.Fields;
import io.vitae.wire.ApiException;
import io.vitae.wire.ErrorCode;
import java.util.Iterator;
import java.util.Set;

/**
 * The body of a PUT or POST in either of its forms: flat, as the SDKs send it, or with the profile
 * in a {@code profile} member beside its identity.
 *
 * @param root the whole body, in which {@code source_key} stands
 * @param profile the profile's members: the root itself when flat
 * @param pointer RFC 6901 pointer of the profile in the body: {@code ""} when flat, else {@code
 *     "/profile"}
 * @param extent how far the whole body goes
 * @param length in bytes
 */
record ProfileBody(ObjectNode root, ObjectNode profile, String pointer, Extent extent, int length) {
  private static final Set<String> IDENTITY =
      Set.of(Fields.SOURCE_KEY, Fields.KEY, Fields.REFERENCE);

  static ProfileBody of(JsonDocument.Parsed parsed, int length) {
    ObjectNode root = parsed.root();
    Extent extent = parsed.extent();
    return root.get(Fields.PROFILE) instanceof ObjectNode profile && isNested(root)
        ? new ProfileBody(root, profile, "/" + Fields.PROFILE, extent, length)
        : new ProfileBody(root, root, "", extent, length);
  }

  /** A flat profile may have an unknown member that happens to be called {@code profile}. */
  private static boolean isNested(ObjectNode root) {
    for (Iterator<String> names = root.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!IDENTITY.contains(name) && !name.equals(Fields.PROFILE)) {
        return false;
      }
    }
    return true;
  }

  /**
   * The key of the source.
   *
   * @throws ApiException {@link ErrorCode#INVALID_SOURCE} when it is absent or not a string
   */
  String sourceKey() {
    JsonNode key = root.path(Fields.SOURCE_KEY);
    if (key.isMissingNode()) {
      key = profile.path(Fields.SOURCE_KEY);
    }
    if (!key.isTextual()) {
      throw new ApiException(ErrorCode.INVALID_SOURCE);
    }
    return key.textValue();
  }

  /** Whether it could be a profile's first write. */
  boolean hasInfo() {
    return profile.hasNonNull(Fields.INFO);
  }

  /** The profile's key; missing or null when the body has none. */
  Identifier key() {
    return identifier(Fields.KEY);
  }

  /** The profile's reference; missing when the body has none, null when it is to be cleared. */
  Identifier reference() {
    return identifier(Fields.REFERENCE);
  }

  private Identifier identifier(String name) {
    return root.has(name)
        ? new Identifier(root.path(name), "/" + name)
        : new Identifier(profile.path(name), pointer + "/" + name);
  }

  /**
   * A key or reference where the body has it.
   *
   * @param value any JSON value, a missing node when the body has none
   * @param pointer where it stands or would stand
   */
  record Identifier(JsonNode value, String pointer) {
    /** Whether it names something, rightly or not. */
    boolean isGiven() {
      return !value.isMissingNode() && !value.isNull();
    }

    @Override
    public String toString() {
      return "Identifier[" + pointer + "]";
    }
  }

  @Override
  public String toString() {
    return "ProfileBody[redacted]";
  }
}
