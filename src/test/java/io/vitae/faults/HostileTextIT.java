package io.vitae.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitae.faults.Requests.Request;
import io.vitae.testing.Answer;
import io.vitae.testing.OpenApi;
import io.vitae.testing.TestWorkspace;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Text that is SQL, or a line of a log, or of a head, wherever somebody can write something: it
 * stays text.
 */
@Timeout(300)
class HostileTextIT {
  /** Short enough for the name of a thread, too. */
  private static final String CANARY = "zq" + TestWorkspace.hex(10);

  private static final Set<String> HEADERS =
      Set.of("content-type", "content-length", "x-request-id", "etag", "connection", "allow");

  private static final long SLOW_NANOS = Duration.ofSeconds(2).toNanos();

  private static final List<String> SQL =
      List.of(
          "'",
          "''",
          "\\",
          "\\'",
          "' OR '1'='1",
          "x' OR workspace_id > 0 --",
          "'; DROP TABLE profile; --",
          "'); DELETE FROM profile; --",
          "' UNION SELECT secret_sha256::text FROM api_key --",
          "'||pg_sleep(5)||'",
          "(SELECT pg_sleep(5))",
          "1; SELECT pg_sleep(5)",
          "1) OR (1=1",
          "$1",
          "$$; SELECT 1; $$",
          "/* */",
          "%",
          "_%",
          "%' ESCAPE '",
          "{1,2}",
          "E'\\\\x00'",
          "\uFF07 OR 1=1",
          "\u02BC OR 1=1");

  /** In a header each would end a line, or what is shown of one, somewhere. */
  private static final List<String> BREAKS =
      List.of(
          "\r",
          "\n",
          "\r\n",
          "\u000b",
          "\f",
          "\u001b[2K\u001b[1A",
          "\u001b]0;x\u0007",
          "\u0000",
          "\u0008",
          "\u0085",
          "\u009b31m",
          RawAnswer.utf8("\u2028"),
          RawAnswer.utf8("\u2029"),
          RawAnswer.utf8("\u202e"));

  private static FaultSite site;
  private static Victim victim;

  @BeforeAll
  static void open() throws Exception {
    site = FaultSite.open();
    victim = Victim.of(site, CANARY);
  }

  @AfterAll
  static void close() {
    site.close();
  }

  @Test
  void sqlIsText() throws Exception {
    Fault fault = new Fault("SQL in parameters and bodies");
    Tenant tenant = Tenant.in(site.database);
    String before = victim.state();
    for (String text : SQL.subList(0, Fault.times(SQL.size() / 3, SQL.size()))) {
      for (Request request : withEveryParameter(text, tenant)) {
        harmless(fault, tenant, request);
      }
      for (Request request : withEveryName(text, tenant)) {
        harmless(fault, tenant, request);
      }
      storedAsItIs(fault, tenant, text);
    }
    if (!victim.state().equals(before)) {
      fault.wrong("something of the victim's has changed");
    }
    fault.conclude();
  }

  /** Each query parameter of the published description, beside those that are required. */
  private static List<Request> withEveryParameter(String text, Tenant tenant) {
    List<Request> requests = new ArrayList<>();
    OpenApi.DOCUMENT
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        operation -> {
                          String method = operation.getKey().toUpperCase(Locale.ROOT);
                          Map<String, String> required = new TreeMap<>();
                          Set<String> all = new TreeSet<>();
                          parameters(operation.getValue(), tenant, required, all);
                          for (String name : all) {
                            Map<String, String> query = new TreeMap<>(required);
                            query.put(name, text);
                            requests.add(
                                new Request(method, path.getKey() + "?" + encoded(query), ""));
                            query.put(name, "[\"" + text.replace("\\", "\\\\") + "\"]");
                            requests.add(
                                new Request(method, path.getKey() + "?" + encoded(query), ""));
                          }
                        }));
    return requests;
  }

  private static void parameters(
      JsonNode operation, Tenant tenant, Map<String, String> required, Set<String> all) {
    for (JsonNode each : operation.path("parameters")) {
      JsonNode parameter =
          each.has("$ref") ? OpenApi.DOCUMENT.at(each.path("$ref").textValue().substring(1)) : each;
      if (parameter.path("in").textValue().equals("query")) {
        String name = parameter.path("name").textValue();
        all.add(name);
        if (name.startsWith("source_key")) {
          required.put(name, tenant.source());
        }
      }
    }
  }

  /** Bodies with the text in each place of a name; none of them can make anything. */
  private static List<Request> withEveryName(String text, Tenant tenant) {
    String quoted = Answer.JSON.getNodeFactory().textNode(text).toString();
    String source = "\"source_key\":\"" + tenant.source() + "\"";
    return List.of(
        new Request("PUT", FaultSite.INDEXING, "{\"source_key\":" + quoted + ",\"key\":\"k\"}"),
        new Request("PUT", FaultSite.INDEXING, "{" + source + ",\"key\":" + quoted + "}"),
        new Request("PUT", FaultSite.INDEXING, "{" + source + ",\"reference\":" + quoted + "}"),
        new Request("POST", FaultSite.INDEXING, "{\"source_key\":" + quoted + "}"),
        archive("{\"source_key\":" + quoted + ",\"key\":\"k\"}"),
        archive("{" + source + ",\"key\":" + quoted + "}"),
        archive("{" + source + ",\"reference\":" + quoted + "}"),
        archive("{" + source + ",\"profile_email\":" + quoted + "}"),
        archive("{" + source + ",\"email\":" + quoted + "}"),
        archive("{" + source + ",\"key\":\"k\",\"is_archive\":" + quoted + "}"),
        new Request("PATCH", "/v1/source", "{\"key\":" + quoted + ",\"name\":\"x\"}"),
        new Request("POST", "/v1/auth/keys", "{\"permission\":" + quoted + "}"));
  }

  private static Request archive(String body) {
    return new Request("PATCH", FaultSite.INDEXING + "/archive", body);
  }

  /** A refusal, or an answer in which there is nothing. */
  private static void harmless(Fault fault, Tenant tenant, Request request) throws Exception {
    fault.tried();
    long start = System.nanoTime();
    Answer answer = victim.send(tenant.key(), request);
    if (System.nanoTime() - start > SLOW_NANOS) {
      fault.wrong(request + " took its time");
    }
    if (answer.status() >= 500 || answer.text().contains(victim.names.get("reference"))) {
      fault.wrong(request + " is answered " + answer.text());
    }
  }

  /** In a reference, a full name, a text and the acting person it is text like any other. */
  private static void storedAsItIs(Fault fault, Tenant tenant, String text) throws Exception {
    fault.tried();
    String quoted = Answer.JSON.getNodeFactory().textNode(text).toString();
    String body =
        "{\"source_key\":\"%s\",\"reference\":%s,\"info\":{\"full_name\":%s},\"text\":%s,%s:%s}"
            .formatted(tenant.source(), quoted, quoted, quoted, quoted, quoted);
    String actor =
        "a@" + new String(text.getBytes(StandardCharsets.US_ASCII), StandardCharsets.US_ASCII);
    Answer put =
        victim.send(
            tenant.key(), new Request("PUT", FaultSite.INDEXING, body), "X-USER-EMAIL", actor);
    String path =
        FaultSite.INDEXING + "?source_key=" + tenant.source() + "&reference=" + Victim.encode(text);
    Answer got = victim.send(tenant.key(), new Request("GET", path, ""));
    if (put.status() != 201
        || !got.data().path("reference").asText().equals(text)
        || !got.data().path("text").asText().equals(text)
        || !got.data().path(text).asText().equals(text)
        || !got.data().at("/info/full_name").asText().equals(text)) {
      fault.wrong(text + " became " + put.text() + " and " + got.text());
    } else {
      fault.acknowledge();
    }
  }

  /** Nothing of a request ends a line of the answer's head or makes one in the log. */
  @Test
  void nobodyWritesOurLines() throws Exception {
    Fault fault = new Fault("line breaks and escapes");
    String before = site.app().output();
    for (String broken : BREAKS) {
      String text = CANARY + broken + "X-Forged: {\"level\":\"ERROR\"}";
      for (String request : withEveryPlace(text)) {
        fault.tried();
        RawAnswer answer = RawAnswer.to(site.port(), request);
        if (answer.answers() > 1 || !HEADERS.containsAll(answer.headers())) {
          fault.wrong("a head was split: " + answer.text());
        }
        if (answer.status() >= 500) {
          fault.wrong(answer.status() + " to " + request);
        }
      }
    }
    if (!site.app().output().equals(before)) {
      fault.wrong("logged: " + site.app().output().substring(before.length()));
    }
    noCanary(fault);
    fault.conclude();
  }

  /** When the failure is ours a line is logged: one, and of ours. */
  @Test
  void aLineForEachFailureOfOurs() throws Exception {
    Fault fault = new Fault("line breaks and escapes while the service fails");
    int before = lines().size();
    int failures = 0;
    site.database.sql("ALTER TABLE profile RENAME COLUMN document TO elsewhere");
    try {
      for (String broken : BREAKS) {
        for (String request : withEveryPlace(CANARY + broken + "{\"level\":\"ERROR\"}")) {
          fault.tried();
          failures += RawAnswer.to(site.port(), request).status() == 500 ? 1 : 0;
        }
      }
    } finally {
      site.database.sql("ALTER TABLE profile RENAME COLUMN elsewhere TO document");
    }
    assertThat(failures).isPositive();
    List<String> logged = lines().subList(before, lines().size());
    if (logged.size() != failures) {
      fault.wrong(logged.size() + " lines for " + failures + " failures");
    }
    for (String line : logged) {
      JsonNode entry = Answer.parse(line);
      if (!entry.isObject()
          || !entry.at("/mdc/request_id").asText().matches("[A-Za-z0-9._-]{1,64}")) {
        fault.wrong("logged: " + line);
      }
    }
    noCanary(fault);
    fault.conclude();
  }

  /** Each place of a request where somebody can write something, with a key that is good. */
  private static List<String> withEveryPlace(String text) {
    String escaped = Victim.encode(text);
    String query = "?source_key=" + victim.tenant.source() + "&key=" + victim.names.get("profile");
    String get = "GET " + FaultSite.INDEXING + query;
    String key = "X-API-KEY: " + victim.tenant.key() + "\r\n";
    String body = Answer.JSON.getNodeFactory().textNode(text).toString();
    return List.of(
        head("GET /v1/" + escaped, key),
        head("GET /v1/" + text, key),
        head(escaped + " /v1/auth", key),
        head(get + "&reference=" + escaped, key),
        head(get + "&" + escaped + "=1", key),
        head("GET " + FaultSite.INDEXING + "?source_key=" + escaped + "&key=k", key),
        head(get, key + "X-Request-Id: " + text + "\r\n"),
        head(get, key + "User-Agent: " + text + "\r\n"),
        head(get, key + "X-USER-EMAIL: " + text + "@example.com\r\n"),
        head(get, key + "If-Match: " + text + "\r\n"),
        head(get, key + "X-Forwarded-For: " + text + "\r\n"),
        head(get, key + "Accept: " + text + "\r\n"),
        head(get, key + text + ": x\r\n"),
        head(get, "X-API-KEY: " + victim.tenant.key() + text + "\r\n"),
        head(get, "X-API-KEY: " + text + "\r\n"),
        put("{\"source_key\":" + body + ",\"key\":\"k\"}", key),
        put("{\"source_key\":\"" + victim.tenant.source() + "\",\"reference\":" + body + "}", key),
        put("{\"source_key\":\"" + victim.tenant.source() + "\",\"key\":" + body + "}", key),
        put(
            "{\"source_key\":\"" + victim.tenant.source() + "\",\"key\":\"acted\",\"info\":{}}",
            key + "X-USER-EMAIL: " + text + "@example.com\r\n"));
  }

  private static String head(String start, String lines) {
    return start + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + lines + "\r\n";
  }

  private static String put(String body, String lines) {
    String bytes = RawAnswer.utf8(body);
    return head("PUT " + FaultSite.INDEXING, lines + "Content-Length: " + bytes.length() + "\r\n")
        + bytes;
  }

  private static void noCanary(Fault fault) {
    if (site.app().output().contains(CANARY)) {
      fault.wrong("in the log");
    }
    site.app()
        .metrics()
        .lines()
        .filter(line -> line.contains(CANARY))
        .forEach(line -> fault.wrong("in the metrics: " + line));
    if (site.app().threadNames().toString().contains(CANARY)) {
      fault.wrong("in the name of a thread");
    }
  }

  private static List<String> lines() {
    return site.app().output().lines().toList();
  }

  private static String encoded(Map<String, String> query) {
    List<String> parts = new ArrayList<>();
    query.forEach((name, value) -> parts.add(name + "=" + Victim.encode(value)));
    return String.join("&", parts);
  }
}
