package io.vitae.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitae.faults.Requests.Request;
import io.vitae.testing.Answer;
import io.vitae.testing.TestWorkspace;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Names and tags that are somebody else's, forged, or made to be taken for another. */
@Timeout(300)
class HostileKeysIT {
  private static FaultSite site;
  private static Victim victim;

  @BeforeAll
  static void open() throws Exception {
    site = FaultSite.open();
    victim = Victim.of(site, "secret");
  }

  @AfterAll
  static void close() {
    site.close();
  }

  @Test
  void anotherTenantsNamesAreNobodysNames() throws Exception {
    Fault fault = new Fault("names of another workspace");
    assertThat(Requests.operations()).isEqualTo(Requests.published());
    Tenant attacker = Tenant.in(site.database);
    Map<String, String> victims = new HashMap<>(victim.names);
    victims.put("own", attacker.source());
    Map<String, String> nobodys = Victim.names(TestWorkspace.hex(40));
    nobodys.put("own", attacker.source());
    nobodys.put("id", "9".repeat(victim.names.get("id").length()));
    String before = victim.state();

    for (Request request : Requests.all()) {
      fault.tried();
      String known = shape(victim.send(attacker.key(), request.with(victims)), victims);
      String unknown = shape(victim.send(attacker.key(), request.with(nobodys)), nobodys);
      if (!known.equals(unknown)) {
        fault.wrong(request + " is answered " + known + " instead of " + unknown);
      }
    }

    if (!victim.state().equals(before)) {
      fault.wrong("something of the victim's has changed");
    }
    fault.conclude();
  }

  @Test
  void onlyARealTagMatches() throws Exception {
    Fault fault = new Fault("forged entity tags and pages");
    Tenant tenant = Tenant.in(site.database);
    String body = "{\"source_key\":\"" + tenant.source() + "\",\"key\":\"k\",\"info\":{}";
    victim.send(tenant.key(), new Request("PUT", FaultSite.INDEXING, body + "}"));
    victim.send(tenant.key(), new Request("PUT", FaultSite.INDEXING, body + ",\"text\":\"a\"}"));
    Request get =
        new Request("GET", FaultSite.INDEXING + "?source_key=" + tenant.source() + "&key=k", "");
    assertThat(victim.send(tenant.key(), get).etag()).isEqualTo("\"2\"");

    for (String tag : FORGED_TAGS) {
      fault.tried();
      Request put = new Request("PUT", FaultSite.INDEXING, body + ",\"text\":\"b\"}");
      expect(fault, 412, victim.send(tenant.key(), put, "If-Match", tag), "If-Match: " + tag);
      expect(fault, 412, victim.send(tenant.key(), get, "If-Match", tag), "If-Match: " + tag);
      expect(
          fault,
          200,
          victim.send(tenant.key(), get, "If-None-Match", tag),
          "If-None-Match: " + tag);
    }
    for (String page : List.of("0", "-1", "1e9", "999999999", "9999999999", "0x1", "1;2", "1,2")) {
      for (String name : List.of("page", "limit")) {
        fault.tried();
        String path =
            "/v1/storing/profiles?source_keys="
                + tenant.source()
                + "&"
                + name
                + "="
                + Victim.encode(page);
        Answer answer = victim.send(tenant.key(), new Request("GET", path, ""));
        boolean empty = answer.status() == 200 && answer.rows().isEmpty();
        if (!empty && answer.status() != 400) {
          fault.wrong(path + " is answered " + answer.text());
        }
      }
    }
    assertThat(victim.send(tenant.key(), get).etag()).isEqualTo("\"2\"");
    fault.conclude();
  }

  private static final List<String> FORGED_TAGS =
      List.of(
          "\"1\"",
          "2",
          "W/2",
          "w/\"2\"",
          "W/ \"2\"",
          "W\"2\"",
          "W//\"2\"",
          "x\"2\"",
          "\"2\"x",
          "\"2\" \"2\"",
          "\"\"2\"\"",
          "\"1,\"2\"",
          "\"x\"2\"y\"",
          "\"1\";\"2\"",
          "\\\"2\\\"",
          "'2'",
          "\u00ab2\u00bb",
          "\"02\"",
          "\"2.0\"",
          "\"2e0\"",
          "\"+2\"",
          "\"-2\"",
          "\" 2\"",
          "\"2\t\"",
          "\"\u00b2\"",
          "\"0x2\"",
          "\"2' OR '1'='1\"",
          "\"2}\"",
          "\"{2}\"",
          "\"NULL\"",
          "\"*\"",
          "**",
          "\"1\", *",
          "\"1\", ".repeat(2_000) + "\"3\"",
          "\"" + "2".repeat(12_000) + "\"",
          "\"18446744073709551618\"",
          "\"4294967298\"",
          "(\"2\")",
          "[\"2\"]");

  /** A look-alike finds nobody; only A to Z in an address have a case. */
  @Test
  void aLookAlikeIsNobody() throws Exception {
    Fault fault = new Fault("look-alikes in addresses and references");
    Tenant tenant = Tenant.in(site.database);
    Map<String, String> owners = new HashMap<>();
    int n = 0;
    for (String email : LookAlikes.ADDRESSES) {
      String key = "email-" + n++;
      String body =
          "{\"source_key\":\"%s\",\"key\":\"%s\",\"info\":{\"email\":\"%s\"}}"
              .formatted(tenant.source(), key, email);
      if (victim.send(tenant.key(), new Request("PUT", FaultSite.INDEXING, body)).status() == 201) {
        fault.acknowledge();
        owners.put(asciiLower(email), key);
      }
    }
    for (String email : LookAlikes.ADDRESSES) {
      finds(fault, tenant, "email", email, Optional.ofNullable(owners.get(asciiLower(email))));
    }
    Map<String, String> referees = new HashMap<>();
    for (String reference : LookAlikes.REFERENCES) {
      String key = "reference-" + n++;
      String body =
          "{\"source_key\":\"%s\",\"key\":\"%s\",\"reference\":\"%s\",\"info\":{}}"
              .formatted(tenant.source(), key, reference);
      expect(
          fault,
          201,
          victim.send(tenant.key(), new Request("PUT", FaultSite.INDEXING, body)),
          reference);
      finds(fault, tenant, "reference", reference, Optional.of(key));
      referees.put(reference, key);
    }
    for (String reference : LookAlikes.REFERENCES) {
      finds(fault, tenant, "reference", reference, Optional.of(referees.get(reference)));
    }
    fault.conclude();
  }

  private static void finds(
      Fault fault, Tenant tenant, String parameter, String value, Optional<String> owner)
      throws Exception {
    fault.tried();
    String query = parameter + "=" + Victim.encode(value);
    Answer one =
        victim.send(
            tenant.key(),
            new Request(
                "GET", FaultSite.INDEXING + "?source_key=" + tenant.source() + "&" + query, ""));
    Answer list =
        victim.send(
            tenant.key(),
            new Request(
                "GET", "/v1/storing/profiles?source_keys=" + tenant.source() + "&" + query, ""));
    String found = one.data().path("key").asText("nobody");
    if (!found.equals(owner.orElse("nobody"))) {
      fault.wrong(parameter + " " + value + " finds " + found + " instead of " + owner);
    }
    if (owner.map(key -> !list.keys().contains(key)).orElse(!list.keys().isEmpty())) {
      fault.wrong(parameter + " " + value + " lists " + list.keys() + " instead of " + owner);
    }
    for (JsonNode row : list.rows()) {
      JsonNode stored = parameter.equals("email") ? row.at("/info/email") : row.path("reference");
      boolean same =
          parameter.equals("email")
              ? asciiLower(stored.asText()).equals(asciiLower(value))
              : stored.asText().equals(value);
      if (!same) {
        fault.wrong(parameter + " " + value + " lists " + stored);
      }
    }
  }

  private static String asciiLower(String text) {
    StringBuilder lower = new StringBuilder(text);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      lower.setCharAt(i, c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
    }
    return lower.toString();
  }

  /** Everything that tells one answer from another, except the names that were asked for. */
  private static String shape(Answer answer, Map<String, String> names) {
    Map<String, List<String>> headers = new TreeMap<>(answer.headers().map());
    headers.remove("x-request-id");
    // Of the number of a new row; the text is compared itself.
    headers.remove("content-length");
    String shape = answer.status() + " " + headers + " " + answer.text();
    for (String name : List.of("source", "profile", "reference", "email")) {
      shape = shape.replace(names.get(name), "<" + name + ">");
    }
    return shape
        .replaceAll("\"id\":\\d+", "\"id\":0")
        .replaceAll("[\"]key\":\"[0-9a-f]{40}\"", "\"key\":\"made\"")
        .replaceAll("\\d{4}-\\d{2}-\\d{2}T[^\"]*", "now");
  }

  private static void expect(Fault fault, int status, Answer answer, String what) {
    if (answer.status() != status) {
      fault.wrong(what + " is answered " + answer.status() + " " + answer.text());
    }
  }
}
