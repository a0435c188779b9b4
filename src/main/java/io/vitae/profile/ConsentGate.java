package io.vitae.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.vitae.consent.Consent;
import io.vitae.consent.Purpose;
import io.vitae.json.JsonDocument;
import io.vitae.profile.document.Fields;
import io.vitae.profile.store.ProfileRow;
import io.vitae.source.Source;
import io.vitae.wire.ApiException;
import io.vitae.wire.ErrorCode;
import io.vitae.wire.Parameters;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Lets an algorithm see a profile only as far as its parties consent. A reader that says no purpose
 * is storage, not an algorithm, and passes.
 */
public final class ConsentGate {
  private static final JsonDocument STORED = new JsonDocument(1000);

  /** What a profile read for a purpose hides of {@code info} unless revealing is consented to. */
  private static final List<String> PERSONAL =
      List.of(
          Fields.FULL_NAME,
          Fields.FIRST_NAME,
          Fields.LAST_NAME,
          Fields.EMAIL,
          Fields.PHONE,
          Fields.DATE_BIRTH,
          Fields.PICTURE,
          Fields.URLS);

  private ConsentGate() {}

  /** The purpose that a request names, if any. */
  public static Optional<Purpose> purpose(Parameters parameters) {
    return parameters
        .text("purpose")
        .flatMap(
            name -> {
              Optional<Purpose> purpose =
                  Arrays.stream(Purpose.values())
                      .filter(known -> known.wireName().equals(name))
                      .findFirst();
              if (purpose.isEmpty()) {
                parameters.error(
                    "purpose",
                    "invalid_value",
                    "must be one of " + String.join(", ", Purpose.WIRE_NAMES));
              }
              return purpose;
            });
  }

  /**
   * What a profile is open to: what its parties consent to, or its source's default when they never
   * said.
   */
  public static Consent effective(ProfileRow row, Source source) {
    return new Consent(row.consent().orElse(source.defaultConsent()));
  }

  /**
   * The text of the document that a reader may see.
   *
   * @throws ApiException {@link ErrorCode#CONSENT_DENIED} when the purpose is not consented to
   */
  public static Buffer document(ProfileRow row, Source source, Optional<Purpose> purpose) {
    if (purpose.isEmpty()) {
      return row.document();
    }
    Consent consent = effective(row, source);
    if (!consent.allows(purpose.get())) {
      throw new ApiException(ErrorCode.CONSENT_DENIED, purpose.get().wireName());
    }
    return consent.allows(Purpose.REVEALING) ? row.document() : withoutPersonalData(row.document());
  }

  private static Buffer withoutPersonalData(Buffer document) {
    ObjectNode tree = STORED.parse(document.getBytes());
    if (tree.get(Fields.INFO) instanceof ObjectNode info) {
      PERSONAL.forEach(info::putNull);
      JsonNode location = info.get(Fields.LOCATION);
      if (location instanceof ObjectNode place) {
        place.putNull(Fields.TEXT);
      }
    }
    return Buffer.buffer(JsonDocument.writeBytes(tree));
  }
}
