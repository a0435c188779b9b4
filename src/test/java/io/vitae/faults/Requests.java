package io.vitae.faults;

import io.vitae.testing.OpenApi;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Every operation of the API with everything in it that can name something: {@code <source>} and
 * the rest stand for names, {@code <own>} for a source of the caller's.
 */
final class Requests {
  /**
   * A request, still with placeholders.
   *
   * @param body empty for none
   */
  record Request(String method, String path, String body) {
    Request with(Map<String, String> names) {
      String filledPath = path;
      String filledBody = body;
      for (Map.Entry<String, String> name : names.entrySet()) {
        String placeholder = "<" + name.getKey() + ">";
        filledPath = filledPath.replace(placeholder, name.getValue());
        filledBody = filledBody.replace(placeholder, name.getValue());
      }
      return new Request(method, filledPath, filledBody);
    }
  }

  private static final String INDEXING = "/v1/profile/indexing";

  private static final List<String> QUERY_NAMES =
      List.of("key=<profile>", "reference=<reference>", "email=<email>");

  private static final List<String> BODY_NAMES =
      List.of(
          "\"key\":\"<profile>\"",
          "\"reference\":\"<reference>\"",
          "\"profile_email\":\"<email>\"");

  private Requests() {}

  /** Reads before writes, so that what one leaves is not what the next one finds. */
  static List<Request> all() {
    List<Request> all = new ArrayList<>();
    for (String source : List.of("<source>", "<own>")) {
      reads(source, all);
      writes(source, all);
    }
    get(all, "/v1/storing/profiles?source_keys=[\"<own>\",\"<source>\"]");
    get(all, "/v1/profiles/searching?source_keys=[\"<own>\",\"<source>\"]");
    get(all, "/v1/source?key=<source>");
    get(all, "/v1/sources?name=<source>");
    get(all, "/v1/auth");
    get(all, "/v1/auth/keys");
    all.add(new Request("PATCH", "/v1/source", "{\"key\":\"<source>\",\"name\":\"taken\"}"));
    all.add(new Request("POST", "/v1/source", "{\"key\":\"<source>\",\"name\":\"same key\"}"));
    all.add(new Request("DELETE", "/v1/auth/keys?id=<id>", ""));
    all.add(new Request("POST", "/v1/auth/keys", "{\"permission\":\"<profile>\"}"));
    return all;
  }

  private static void reads(String source, List<Request> all) {
    for (String name : QUERY_NAMES) {
      get(all, INDEXING + "?source_key=" + source + "&" + name);
      get(all, INDEXING + "?source_key=" + source + "&purpose=searching&" + name);
      get(all, "/v1/profile/consent?source_key=" + source + "&" + name);
      get(all, "/v1/storing/profiles?source_keys=" + source + "&" + name);
      get(all, "/v1/profiles/searching?source_keys=" + source + "&" + name);
    }
    get(all, INDEXING + "?source_key=" + source + "&" + String.join("&", QUERY_NAMES));
    get(all, "/v1/storing/profiles?source_keys=" + source + "&name=<reference>");
    get(all, "/v1/profiles/searching?source_keys=" + source + "&text_keywords=<reference>");
  }

  private static void writes(String source, List<Request> all) {
    String start = "{\"source_key\":\"" + source + "\",";
    for (String name : BODY_NAMES) {
      all.add(new Request("PATCH", INDEXING + "/archive", start + name + "}"));
    }
    // Without info it can edit what is there, and make nothing.
    all.add(new Request("PUT", INDEXING, start + BODY_NAMES.get(0) + ",\"text\":\"x\"}"));
    all.add(new Request("PUT", INDEXING, start + BODY_NAMES.get(1) + ",\"text\":\"x\"}"));
    String both = start + BODY_NAMES.get(0) + "," + BODY_NAMES.get(1) + ",\"info\":{}}";
    all.add(new Request("PUT", INDEXING, both));
    all.add(new Request("POST", INDEXING, start + BODY_NAMES.get(1) + ",\"info\":{}}"));
  }

  private static void get(List<Request> all, String path) {
    all.add(new Request("GET", path, ""));
  }

  /** The operations of {@link #all}, as {@code GET /v1/…}. */
  static Set<String> operations() {
    Set<String> operations = new TreeSet<>();
    all().forEach(each -> operations.add(each.method + " " + each.path.split("\\?", 2)[0]));
    return operations;
  }

  /** The operations of the published description. */
  static Set<String> published() {
    Set<String> operations = new TreeSet<>();
    OpenApi.DOCUMENT
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method ->
                            operations.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
    return operations;
  }
}
