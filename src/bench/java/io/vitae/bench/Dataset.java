package io.vitae.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitae.consent.Consent;
import io.vitae.json.JsonDocument;
import io.vitae.profile.document.Completion;
import io.vitae.profile.document.Fields;
import io.vitae.profile.document.LargeSection;
import io.vitae.profile.document.Normaliser;
import io.vitae.profile.document.Patch;
import io.vitae.profile.rules.IsoDateTime;
import java.util.Arrays;
import java.util.Optional;

/** Who stores what: the names that all parts of a run share. */
final class Dataset {
  static final String API_KEY = "ask_8f14e45fceea167a5a36dedd4bea2543";
  static final String SOURCE_KEY = "45c48cce2e2d7fbdea1afc51c7c6ad26b1f2c3d4";
  static final String ACTOR = "recruiter@example.com";
  static final Profiles PROFILES = new Profiles(Settings.SEED, SOURCE_KEY);

  /** The server's time in profiles that bring none. */
  static final String CREATED_AT = "2024-05-06T07:08:09+0000";

  /**
   * What an answer shows of a profile that never stated a consent: the source's default is none.
   */
  static final String SHOWN_CONSENT = new Consent(0).blockText();

  private static final JsonDocument JSON = new JsonDocument(64);

  private Dataset() {}

  /**
   * A profile as the service stores it.
   *
   * @param patch what a PUT of it merges
   * @param missing what its first PUT adds
   */
  record Stored(ObjectNode patch, ObjectNode missing) {
    static Stored of(ObjectNode sent) {
      return new Stored(
          parsed(Normaliser.patch(sent, 0)), parsed(Completion.of(sent, CREATED_AT).patch()));
    }

    private static ObjectNode parsed(Patch patch) {
      byte[] json = new byte[patch.length()];
      patch.json().get(json);
      return JSON.parse(json);
    }

    /** The patch or the document without the large sections. */
    static ObjectNode rest(ObjectNode whole) {
      return whole
          .deepCopy()
          .without(Arrays.stream(LargeSection.values()).map(LargeSection::member).toList());
    }

    /** The stored document. */
    ObjectNode document() {
      ObjectNode document = Json.object();
      document.setAll(missing);
      document.setAll(patch);
      return document;
    }

    /** The creation date that the client stated, as PostgreSQL reads it. */
    Optional<String> statedCreation() {
      return Optional.ofNullable(patch.get(Fields.CREATED_AT))
          .flatMap(stated -> IsoDateTime.parseLenient(stated.textValue()))
          .map(Object::toString);
    }
  }
}
