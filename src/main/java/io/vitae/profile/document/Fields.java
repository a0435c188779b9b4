package io.vitae.profile.document;

import java.util.List;
import java.util.Set;

/** Member names of the profile object (contract, "The profile object"), spelt in one place. */
public final class Fields {
  /** The profile's identity in its source. */
  public static final String KEY = "key";

  /** The client's own identity of a profile, unique in its source. */
  public static final String REFERENCE = "reference";

  /** The key of the source that a profile belongs to. */
  public static final String SOURCE_KEY = "source_key";

  /** The nested body form: {@code {"source_key": …, "profile": {…}}}. */
  public static final String PROFILE = "profile";

  /** The stored number of a profile; read-only. */
  public static final String ID = "id";

  /** The source a profile belongs to, as an object; read-only. */
  public static final String SOURCE = "source";

  /** When the profile was archived, or null; read-only. */
  public static final String ARCHIVE = "archive";

  /** The same value as {@link #ARCHIVE} under its newer name; read-only. */
  public static final String ARCHIVED_AT = "archived_at";

  /** When the profile was last written; read-only. */
  public static final String UPDATED_AT = "updated_at";

  /** The stored write counter; read-only. */
  public static final String VERSION = "version";

  /** When the profile was created: the client's value, echoed verbatim. */
  public static final String CREATED_AT = "created_at";

  /** The consent block. */
  public static final String CONSENT = "consent_algorithmic";

  /** The consent of the profile's owner. */
  public static final String OWNER = "owner";

  /** The consent of the data controller. */
  public static final String CONTROLLER = "controller";

  /** A seventh flag that clients may send beside the six purposes. */
  public static final String UPSKILLING = "upskilling";

  /** The block of personal information. */
  public static final String INFO = "info";

  public static final String FULL_NAME = "full_name";
  public static final String FIRST_NAME = "first_name";
  public static final String LAST_NAME = "last_name";
  public static final String DATE_BIRTH = "date_birth";
  public static final String EMAIL = "email";
  public static final String PHONE = "phone";
  public static final String LOCATION = "location";
  public static final String URLS = "urls";
  public static final String PICTURE = "picture";
  public static final String GENDER = "gender";
  public static final String SUMMARY = "summary";
  public static final String FROM_RESUME = "from_resume";
  public static final String LATITUDE = "lat";
  public static final String LONGITUDE = "lng";
  public static final String GMAPS = "gmaps";
  public static final String LOCATION_FIELDS = "fields";
  public static final String URL = "url";

  /** The text of a profile, and of a location. */
  public static final String TEXT = "text";

  public static final String TEXT_LANGUAGE = "text_language";
  public static final String EXPERIENCES_DURATION = "experiences_duration";
  public static final String EDUCATIONS_DURATION = "educations_duration";

  public static final String EXPERIENCES = "experiences";
  public static final String EDUCATIONS = "educations";
  public static final String CERTIFICATIONS = "certifications";
  public static final String COURSES = "courses";
  public static final String TASKS = "tasks";
  public static final String SKILLS = "skills";
  public static final String LANGUAGES = "languages";
  public static final String INTERESTS = "interests";
  public static final String LABELS = "labels";

  public static final String TITLE = "title";
  public static final String DESCRIPTION = "description";
  public static final String COMPANY = "company";
  public static final String SCHOOL = "school";
  public static final String DATE_START = "date_start";
  public static final String DATE_END = "date_end";

  /** The only member that counts in a date given as an object. */
  public static final String ISO8601 = "iso8601";

  public static final String NAME = "name";
  public static final String VALUE = "value";
  public static final String TYPE = "type";
  public static final String STAGE = "stage";

  /** The two parties that consent, in the order of answers. */
  public static final List<String> PARTIES = List.of(OWNER, CONTROLLER);

  /** The twelve list sections: always present in answers, {@code []} when never given. */
  public static final List<String> SECTIONS =
      List.of(
          EXPERIENCES,
          EDUCATIONS,
          "attachments",
          CERTIFICATIONS,
          COURSES,
          TASKS,
          SKILLS,
          LANGUAGES,
          INTERESTS,
          LABELS,
          "tags",
          "metadatas");

  /** The sections that every experience and education has in answers. */
  public static final List<String> ENTRY_SECTIONS = List.of(CERTIFICATIONS, COURSES, TASKS, SKILLS);

  /**
   * Top-level members that identify a profile or that only the server writes. They are never part
   * of the stored document; the read-only ones are ignored in a body, never refused.
   */
  public static final Set<String> NOT_STORED =
      Set.of(ID, KEY, REFERENCE, SOURCE, SOURCE_KEY, ARCHIVE, ARCHIVED_AT, UPDATED_AT, VERSION);

  private Fields() {}
}
