package io.vitae.listing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vitae.listing.ConsentModel.Entry;
import io.vitae.listing.ConsentModel.Query;
import io.vitae.listing.ConsentModel.Use;
import io.vitae.testing.Answer;
import io.vitae.testing.Api;
import io.vitae.testing.Eventually;
import io.vitae.testing.PostgresResource;
import io.vitae.testing.TestWorkspace;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * After any sequence of writes, a search shows, counts and pages what {@link ConsentModel} says,
 * and nothing else.
 */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ConsentOracleQuarkusTest {
  private static final int STEPS = 40;
  private static final int KEYS_PER_SOURCE = 6;
  private static final List<String> PERSONAL =
      List.of(
          "/full_name",
          "/first_name",
          "/last_name",
          "/email",
          "/phone",
          "/date_birth",
          "/picture",
          "/urls",
          "/location/text");

  private Random random;
  private Api api;
  private ConsentModel model;
  private int step;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void anySequenceIsTheModels(long seed) throws InterruptedException {
    random = new Random(seed);
    TestWorkspace workspace = TestWorkspace.create();
    api = Api.of(workspace);
    model = new ConsentModel();
    model.source(workspace.sourceKey(), Set.of());
    model.source(workspace.newSource(), Set.of());
    model.source(workspace.newSource(), Set.of());
    for (step = 0; step < STEPS; step++) {
      change();
      compareSearch(query());
      if (random.nextInt(3) == 0) {
        compareList(query());
      }
      compareOneProfile();
    }
  }

  private void change() {
    int dice = random.nextInt(10);
    if (dice < 6 || model.profiles().isEmpty()) {
      put();
    } else if (dice < 7) {
      archive(anyProfile());
    } else if (dice < 8) {
      echo(anyProfile());
    } else {
      changeDefault();
    }
  }

  private void put() {
    String source = any(model.sources());
    String key = "k" + random.nextInt(KEYS_PER_SOURCE);
    ObjectNode body = Answer.JSON.createObjectNode();
    body.put("key", key).put("text", "step " + step);
    ObjectNode info = body.putObject("info");
    info.put("full_name", "Ada").put("first_name", "A").put("last_name", "L").put("phone", "1");
    info.put("email", "a@example.com").put("picture", "p").put("date_birth", "1990-01-01");
    info.putObject("location").put("text", "Paris").put("lat", 48.8);
    if (random.nextInt(3) == 0) {
      body.put("created_at", "2024-01-0" + (1 + random.nextInt(3)));
    }
    switch (random.nextInt(6)) {
      case 0, 1, 2 -> body.set("consent_algorithmic", fullConsent());
      case 3 -> body.set("consent_algorithmic", partialConsent());
      case 4 -> {
        if (random.nextBoolean()) {
          body.putNull("consent_algorithmic");
        }
      }
      default -> {
        // Absent: kept, or never stated.
      }
    }
    Answer answer = api.in(source).put(body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    model.put(source, key, body);
  }

  private ObjectNode fullConsent() {
    ObjectNode block = Answer.JSON.createObjectNode();
    for (String party : List.of("owner", "controller")) {
      ObjectNode flags = block.putObject(party);
      for (Use use : Use.values()) {
        flags.put(use.flag(), random.nextInt(5) > 0);
      }
    }
    return block;
  }

  private ObjectNode partialConsent() {
    ObjectNode block = fullConsent();
    if (random.nextInt(3) == 0) {
      block.remove(random.nextBoolean() ? "owner" : "controller");
    }
    for (JsonNode party : block) {
      if (random.nextInt(3) == 0) {
        ((ObjectNode) party).remove(any(List.of(Use.values())).flag());
      }
    }
    return block;
  }

  private void archive(Entry entry) {
    boolean archived = random.nextInt(3) > 0;
    Answer answer =
        api.in(entry.source)
            .archive("{\"key\":\"" + entry.key + "\",\"is_archive\":" + (archived ? 1 : 0) + "}");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    model.archive(entry, archived);
  }

  /** Puts back what is shown: no new version, but a default that was shown is stated now. */
  private void echo(Entry entry) {
    JsonNode shown = api.in(entry.source).get("key", entry.key).found().data();
    Answer answer = api.send("PUT", shown.toString()).edited();
    assertThat(answer.data()).isEqualTo(shown);
    model.echo(entry, shown.path("consent_algorithmic"));
    assertThat(answer.etag()).isEqualTo("\"" + entry.version() + "\"");
  }

  private void changeDefault() {
    String source = any(model.sources());
    Set<Use> uses = EnumSet.noneOf(Use.class);
    ObjectNode body = Answer.JSON.createObjectNode().put("key", source);
    ObjectNode flags = body.putObject("default_consent");
    for (Use use : Use.values()) {
      if (random.nextInt(3) > 0) {
        uses.add(use);
        flags.put(use.flag(), true);
      } else if (random.nextBoolean()) {
        flags.put(use.flag(), false);
      }
    }
    Answer answer = api.send("PATCH", "/v1/source", BodyPublishers.ofString(body.toString()));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    model.source(source, uses);
  }

  private Query query() {
    Set<String> sources = new TreeSet<>();
    model.sources().stream().filter(source -> random.nextBoolean()).forEach(sources::add);
    sources.add(any(model.sources()));
    Optional<Use> purpose =
        random.nextInt(3) == 0 ? Optional.of(any(List.of(Use.values()))) : Optional.empty();
    int limit = 1 + random.nextInt(7);
    return new Query(sources, random.nextBoolean(), random.nextBoolean(), purpose, limit);
  }

  private void compareSearch(Query query) {
    comparePages(Api.SEARCH, query, model.search(query));
  }

  private void compareList(Query query) {
    comparePages(Api.LIST, query, model.list(query));
  }

  /** All pages and the one past the end. */
  private void comparePages(String path, Query query, List<Entry> expected) {
    int pages = Math.max(1, (expected.size() + query.limit() - 1) / query.limit());
    boolean byWord = path.equals(Api.SEARCH) && random.nextBoolean();
    for (int page = 1; page <= pages + 1; page++) {
      int from = Math.min(expected.size(), (page - 1) * query.limit());
      List<Entry> rows = expected.subList(from, Math.min(expected.size(), from + query.limit()));
      Answer answer = api.fetch(path, parameters(query, page, byWord));
      assertThat(answer.meta())
          .as("step %s, %s %s page %s", step, path, query, page)
          .containsExactly((long) page, (long) pages, (long) rows.size(), (long) expected.size());
      assertThat(answer.rows().stream().map(ConsentOracleQuarkusTest::name))
          .as("step %s, %s %s page %s", step, path, query, page)
          .isEqualTo(rows.stream().map(entry -> entry.source + entry.key).toList());
      for (int i = 0; i < rows.size(); i++) {
        compareRow(answer.rows().get(i), rows.get(i), query.purpose());
      }
    }
  }

  /**
   * @param byWord whether to ask for a word that all profiles have, which another index answers
   */
  private static String[] parameters(Query query, int page, boolean byWord) {
    List<String> parameters = new ArrayList<>();
    parameters.addAll(
        List.of("source_keys", "[\"" + String.join("\",\"", query.sources()) + "\"]"));
    parameters.addAll(List.of("page", page + "", "limit", query.limit() + ""));
    parameters.addAll(List.of("sort_by", query.byUpdate() ? "updated_at" : "created_at"));
    parameters.addAll(List.of("order_by", query.ascending() ? "asc" : "desc"));
    if (byWord) {
      parameters.addAll(List.of("text_keywords", "[\"step\"]"));
    }
    query.purpose().ifPresent(use -> parameters.addAll(List.of("purpose", use.flag())));
    return parameters.toArray(String[]::new);
  }

  private void compareRow(JsonNode row, Entry entry, Optional<Use> purpose) {
    assertThat(row.path("consent_algorithmic")).isEqualTo(model.shown(entry));
    assertThat(row.path("archived_at").isNull()).isEqualTo(!entry.isArchived());
    boolean hidden = purpose.isPresent() && !model.allows(entry, Use.REVEALING);
    for (String member : PERSONAL) {
      assertThat(row.at("/info" + member).isNull()).as(member).isEqualTo(hidden);
    }
    assertThat(row.at("/info/location/lat").doubleValue()).isEqualTo(48.8);
  }

  /** Sources may be remembered for five seconds where one profile is read. */
  private void compareOneProfile() throws InterruptedException {
    if (model.profiles().isEmpty() || random.nextInt(3) > 0) {
      return;
    }
    Entry entry = anyProfile();
    if (entry.isStated()) {
      compareExplanation(entry);
      compareGet(entry, any(List.of(Use.values())));
    } else {
      Eventually.await(
          "the source's new default",
          () ->
              model
                  .shown(entry)
                  .equals(
                      api.in(entry.source)
                          .get("key", entry.key)
                          .data()
                          .get("consent_algorithmic")));
      compareExplanation(entry);
      compareGet(entry, any(List.of(Use.values())));
    }
  }

  private void compareGet(Entry entry, Use use) {
    Answer answer = api.in(entry.source).get("key", entry.key, "purpose", use.flag());
    if (model.allows(entry, use)) {
      compareRow(answer.found().data(), entry, Optional.of(use));
    } else {
      answer.failed(403, "Consent denied: " + use.flag());
      assertThat(answer.json().size()).as(answer.text()).isEqualTo(2);
    }
  }

  private void compareExplanation(Entry entry) {
    Answer answer = api.fetch("/v1/profile/consent", "source_key", entry.source, "key", entry.key);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.data().path("stated").booleanValue()).isEqualTo(entry.isStated());
    assertThat(answer.data().path("version").intValue()).isEqualTo(entry.version());
    for (Use use : Use.values()) {
      assertThat(answer.data().path("purposes").path(use.flag()).path("allowed").booleanValue())
          .as("%s of %s", use, answer.text())
          .isEqualTo(model.allows(entry, use));
    }
  }

  private static String name(JsonNode row) {
    return row.path("source_key").textValue() + row.path("key").textValue();
  }

  private Entry anyProfile() {
    return any(List.copyOf(model.profiles()));
  }

  private <T> T any(List<T> things) {
    return things.get(random.nextInt(things.size()));
  }
}
