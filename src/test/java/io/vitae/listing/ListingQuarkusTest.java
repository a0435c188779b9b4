package io.vitae.listing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vitae.testing.Answer;
import io.vitae.testing.Api;
import io.vitae.testing.Eventually;
import io.vitae.testing.PostgresResource;
import io.vitae.testing.TestWorkspace;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code GET /v1/storing/profiles}. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ListingQuarkusTest {
  private static final String UNKNOWN = "Invalid source fields. Unable to find object: source";

  /** {@code vitae.batch.listings-in-flight}. */
  private static final int AT_ONCE = 4;

  private TestWorkspace workspace;
  private Api api;

  @BeforeEach
  void storeFive() {
    workspace = TestWorkspace.create();
    api = Api.of(workspace);
    put("a", "'created_at':'2024-03-01','reference':'A','info':{'full_name':'Zoé'}");
    put("b", "'created_at':'2024-01-01T00:00:00Z','info':{'email':'B@example.com'}");
    put("c", "'created_at':'2024-02-01','info':{'location':{'lat':48.8566,'lng':2.3522}}");
    put("d", "'created_at':'2024-02-01','info':{}");
    put("e", "'info':{}");
    api.put("{\"key\":\"b\",\"text\":\"changed\"}").edited();
  }

  private void put(String key, String members) {
    api.put(("{'key':'" + key + "'," + members + "}").replace('\'', '"')).created();
  }

  @Test
  void listsWhatIsStoredWhateverItsConsent() {
    Answer list = api.list();

    assertThat(list.message()).isEqualTo("List of profiles");
    assertThat(list.meta()).containsExactly(1L, 1L, 5L, 5L);
    assertThat(list.keys()).containsExactly("e", "a", "d", "c", "b");
    for (JsonNode row : list.rows()) {
      assertThat(row).isEqualTo(api.get("key", row.path("key").textValue()).found().data());
    }
  }

  /** The others wait for their turn and not for connections, which writes need, too. */
  @Test
  void aFewAreLookedForAtOnce() throws Exception {
    List<CompletableFuture<Answer>> lists = new ArrayList<>();
    ExecutorService threads = Executors.newCachedThreadPool();
    try (Connection other = TestWorkspace.connect();
        Statement lock = other.createStatement()) {
      other.setAutoCommit(false);
      lock.execute("LOCK TABLE profile IN ACCESS EXCLUSIVE MODE");
      for (int i = 0; i < 12; i++) {
        lists.add(CompletableFuture.supplyAsync(() -> api.list(), threads));
      }
      Eventually.await("some wait", () -> blocked() == AT_ONCE);
      Thread.sleep(200);
      assertThat(blocked()).isEqualTo(AT_ONCE);
      other.rollback();
      assertThat(lists.stream().map(CompletableFuture::join))
          .allSatisfy(list -> assertThat(list.rows()).hasSize(5));
    } finally {
      threads.shutdownNow();
    }
  }

  private static int blocked() {
    try (Connection connection = TestWorkspace.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                    + " AND query LIKE '/* planned anew */%'")) {
      row.next();
      return row.getInt(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "created_at, desc, e a d c b",
    "created_at, asc,  b c d a e",
    "updated_at, desc, b e d c a",
    "updated_at, asc,  a c d e b",
    "'',         asc,  b c d a e",
    "updated_at, '',   b e d c a",
  })
  void sorts(String sortBy, String orderBy, String expected) {
    List<String> keys = List.of(expected.split(" "));

    assertThat(api.list("sort_by", sortBy, "order_by", orderBy).keys()).isEqualTo(keys);
    for (int limit = 1; limit <= 6; limit++) {
      List<String> paged = new ArrayList<>();
      long pages = (5L + limit - 1) / limit;
      for (long page = 1; page <= pages + 1; page++) {
        Answer answer = page(sortBy, orderBy, page, limit);
        paged.addAll(answer.keys());
        assertThat(answer.meta()).containsExactly(page, pages, (long) answer.keys().size(), 5L);
      }
      assertThat(paged).isEqualTo(keys);
    }
  }

  private Answer page(String sortBy, String orderBy, long page, long limit) {
    return api.list("sort_by", sortBy, "order_by", orderBy, "page", page + "", "limit", limit + "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "6", "999999999"})
  void aPagePastTheEndIsEmpty(String page) {
    Answer answer = api.list("page", page);

    assertThat(answer.rows()).isEmpty();
    assertThat(answer.meta()).containsExactly(Long.valueOf(page), 1L, 0L, 5L);
    assertThat(answer.text())
        .startsWith("{\"code\":200,\"message\":\"List of profiles\",\"data\":[]");
  }

  @Test
  void anEmptySourceHasOneEmptyPage() {
    Api empty = api.in(workspace.newSource());

    assertThat(empty.list().meta()).containsExactly(1L, 1L, 0L, 0L);
    assertThat(empty.search().meta()).containsExactly(1L, 1L, 0L, 0L);
    assertThat(empty.search().text()).contains("\"data\":{\"profiles\":[]}");
  }

  @ParameterizedTest
  @CsvSource({"False, 5", "false, 5", "0, 5", "True, 0", "true, 0", "1, 0", "'', 0"})
  void profilesCanBeLeftOut(String value, int members) {
    JsonNode row = api.list("return_profile", value).rows().get(1);

    if (members == 0) {
      assertThat(row).isEqualTo(api.get("key", "a").data());
    } else {
      assertThat(row.properties())
          .extracting(java.util.Map.Entry::getKey)
          .containsExactly("key", "reference", "created_at", "updated_at", "archived_at");
      assertThat(row.path("key").textValue()).isEqualTo("a");
      assertThat(row.path("reference").textValue()).isEqualTo("A");
      assertThat(row.path("archived_at").isNull()).isTrue();
      assertThat(row.path("updated_at")).isEqualTo(api.get("key", "a").data().path("updated_at"));
    }
  }

  @Test
  void theShortFormEchoesTheCreationDate() {
    JsonNode row = api.list("return_profile", "False", "key", "a").rows().get(0);

    assertThat(row.path("created_at")).isEqualTo(api.get("key", "a").data().path("created_at"));
  }

  @ParameterizedTest
  @CsvSource({
    "name,            ZOE,                       a",
    "name,            nobody,                    ''",
    "key,             c,                         c",
    "reference,       A,                         a",
    "reference,       a,                         ''",
    "email,           b@EXAMPLE.com,             b",
    "created_at_min,  2024-02-01,                e a d c",
    "created_at_min,  2024-02-01T00:00:01Z,      e a",
    "created_at_max,  2024-02-01,                d c b",
    "created_at_max,  2024-01-31T23:59:59Z,      b",
    "created_at_max,  2023-01-01,                ''",
  })
  void filters(String parameter, String value, String expected) {
    Answer answer = api.list(parameter, value);

    assertThat(String.join(" ", answer.keys())).isEqualTo(expected);
    assertThat(answer.meta().get(3)).isEqualTo(answer.keys().size());
  }

  @Test
  void filtersByDistance() {
    assertThat(near("51.5074", "-0.1278", "345").keys()).containsExactly("c");
    assertThat(near("51.5074", "-0.1278", "343").keys()).isEmpty();
    assertThat(near("48.8566", "2.3522", "0").keys()).containsExactly("c");
    near("north", "2", "1").refused("location_lat invalid_type", "location_lat required");
    near("91", "2", "1").refused("location_lat out_of_range");
    near("1", "2", "-1").refused("location_lat out_of_range");
    api.list("location_lat", "1").refused("location_lat required");
    api.list("location_dist", "1").refused("location_lat required");
  }

  private Answer near(String lat, String lon, String distance) {
    return api.list("location_lat", lat, "location_lon", lon, "location_dist", distance);
  }

  @Test
  void archivedProfilesAreListed() {
    api.archive("{\"key\":\"a\"}");
    JsonNode archived = api.get("key", "a").found().data();
    assertThat(archived.path("archived_at").isTextual()).isTrue();

    assertThat(api.list().meta().get(3)).isEqualTo(5);
    assertThat(api.list("key", "a").rows()).containsExactly(archived);
    JsonNode row = api.list("key", "a", "return_profile", "False").rows().get(0);
    assertThat(row.path("archived_at")).isEqualTo(archived.path("archived_at"));
    assertThat(api.list("sort_by", "updated_at").keys()).startsWith("a");
  }

  @Test
  void severalSourcesAreOneList() {
    String second = workspace.newSource();
    api.in(second).put("{\"key\":\"a\",\"created_at\":\"2024-02-15\",\"info\":{}}").created();
    String both = "[\"" + second + "\",\"" + workspace.sourceKey() + "\",\"" + second + "\"]";

    Answer list = api.fetch(Api.LIST, "source_keys", both);

    assertThat(list.keys()).containsExactly("e", "a", "a", "d", "c", "b");
    assertThat(list.meta()).containsExactly(1L, 1L, 6L, 6L);
    assertThat(list.rows().get(2).path("source_key").textValue()).isEqualTo(second);
    assertThat(list.rows().get(2)).isEqualTo(api.in(second).get("key", "a").data());
    assertThat(api.fetch(Api.LIST, "source_keys", both, "key", "a").keys()).hasSize(2);
    assertThat(api.fetch(Api.LIST, "source_keys", second).keys()).containsExactly("a");
  }

  @Test
  void sourcesMustBeNamedAndKnown() {
    TestWorkspace other = TestWorkspace.create();
    String own = workspace.sourceKey();

    api.fetch(Api.LIST).failed(400, "Invalid source fields");
    api.fetch(Api.LIST, "source_keys", "[]").failed(400, "Invalid source fields");
    api.fetch(Api.LIST, "source_keys", own.substring(1)).failed(400, UNKNOWN);
    api.fetch(Api.LIST, "source_keys", own + " ").failed(400, UNKNOWN);
    api.in(other.sourceKey()).list().failed(400, UNKNOWN);
    api.fetch(Api.LIST, "source_keys", "[\"" + own + "\",\"" + other.sourceKey() + "\"]")
        .failed(400, UNKNOWN);
    assertThat(Api.of(other).list().rows()).isEmpty();
    Api.with(workspace.writeKey(), own)
        .list()
        .failed(401, "Unauthorized. Invalid secret key for permission: read");
  }

  @ParameterizedTest
  @CsvSource({
    "limit,          101,      out_of_range",
    "limit,          0,        out_of_range",
    "limit,          1e1,      out_of_range",
    "page,           0,        out_of_range",
    "page,           1000000000, out_of_range",
    "sort_by,        key,      invalid_value",
    "order_by,       DESC,     invalid_value",
    "return_profile, yes,      invalid_value",
    "created_at_min, now,      invalid_date",
    "location_lat,   NaN,      invalid_type",
    "skills,         java,     unknown_parameter",
    "stage,          yes,      unknown_parameter",
  })
  void whatIsNotUnderstoodIsNamed(String parameter, String value, String code) {
    Answer answer =
        parameter.equals("location_lat")
            ? api.list(parameter, value, "location_lon", "1", "location_dist", "1")
            : api.list(parameter, value);

    assertThat(answer.failed(400, "Invalid parameters").errors()).contains(parameter + " " + code);
  }

  @Test
  void withAPurposeOnlyThoseWhoConsentAreListed() {
    String all =
        "{\"owner\":{\"scoring\":true,\"revealing\":true},"
            + "\"controller\":{\"scoring\":true,\"revealing\":true}}";
    api.put("{\"key\":\"a\",\"consent_algorithmic\":" + all + "}").edited();
    String hidden = all.replaceFirst("\"revealing\":true", "\"revealing\":false");
    api.put("{\"key\":\"b\",\"consent_algorithmic\":" + hidden + "}").edited();

    Answer list = api.list("purpose", "scoring", "order_by", "asc");

    assertThat(list.keys()).containsExactly("b", "a");
    assertThat(list.meta()).containsExactly(1L, 1L, 2L, 2L);
    assertThat(list.rows().get(0).at("/info/email").isNull()).isTrue();
    assertThat(list.rows().get(1)).isEqualTo(api.get("key", "a").data());
    assertThat(api.list("purpose", "reasoning").meta()).containsExactly(1L, 1L, 0L, 0L);
  }
}
