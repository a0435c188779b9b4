package io.vitae.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vitae.testing.Answer;
import io.vitae.testing.Api;
import io.vitae.testing.Metrics;
import io.vitae.testing.PostgresResource;
import io.vitae.testing.TestWorkspace;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many statements a request may cost. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class StatementBudgetQuarkusTest {
  private static final int CROWD = 64;

  @TestHTTPResource(management = true)
  URI management;

  /** Where metrics are. */
  URI management() {
    return management;
  }

  /** With the key and the source known already. {@code S} stands for the source's key. */
  @ParameterizedTest(name = "{0} {1} {2}: {4}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "PUT   | /v1/profile/indexing | {'source_key':'S','key':'new','info':{}}                | 201 | 2",
        "PUT   | /v1/profile/indexing | {'source_key':'S','key':'k','text':'edited','info':{}}  | 201 | 1",
        "PUT   | /v1/profile/indexing | {'source_key':'S','key':'k','info':{'full_name':'Ada'}} | 201 | 1",
        "PUT   | /v1/profile/indexing | {'source_key':'S','key':'k','text':'partly'}            | 201 | 1",
        "PUT   | /v1/profile/indexing | {'source_key':'S','key':'k','info':{'email':'x'}}       | 400 | 0",
        "POST  | /v1/profile/indexing | {'source_key':'S','info':{}}                            | 201 | 1",
        "POST  | /v1/profile/indexing | {'source_key':'S','reference':'r','info':{}}            | 400 | 1",
        "GET   | /v1/profile/indexing?source_key=S&key=k                                 | ``     | 200 | 1",
        "GET   | /v1/profile/indexing?source_key=S&reference=r                           | ``     | 200 | 1",
        "GET   | /v1/profile/indexing?source_key=S&key=k&purpose=scoring                 | ``     | 403 | 1",
        "GET   | /v1/profile/indexing?source_key=S&key=unknown                           | ``     | 400 | 1",
        "PATCH | /v1/profile/indexing/archive | {'source_key':'S','key':'k'}                    | 200 | 1",
        "PATCH | /v1/profile/indexing/archive | {'source_key':'S','key':'k','is_archive':0}     | 200 | 1",
        "GET   | /v1/profile/consent?source_key=S&key=k                                  | ``     | 200 | 1",
        "GET   | /v1/storing/profiles?source_keys=[%22S%22]                              | ``     | 200 | 1",
        "GET   | /v1/profiles/searching?source_keys=[%22S%22]&name=ada&text_keywords=x   | ``     | 200 | 1",
        "GET   | /v1/source?key=S                                                        | ``     | 200 | 0",
        "GET   | /v1/sources                                                             | ``     | 200 | 1",
        "POST  | /v1/source           | {'name':'n'}                                            | 201 | 1",
        "PATCH | /v1/source           | {'key':'S','name':'n'}                                  | 200 | 1",
        "GET   | /v1/auth                                                                | ``     | 200 | 1",
        "GET   | /v1/auth/keys                                                           | ``     | 200 | 1",
        "POST  | /v1/auth/keys        | {'permission':'read'}                                   | 201 | 1",
        "DELETE| /v1/auth/keys?id=0                                                      | ``     | 400 | 1"
      })
  void aRequestKeepsToItsBudget(
      String method, String path, String body, int status, int statements) {
    TestWorkspace workspace = TestWorkspace.create();
    Api api = Api.of(workspace);
    api.put("{\"key\":\"k\",\"reference\":\"r\",\"info\":{\"full_name\":\"Ada\"}}").created();
    String source = workspace.sourceKey();
    String text = body.replace('\'', '"').replace("\"S\"", '"' + source + '"');
    String target = path.replace("=S", "=" + source).replace("%22S%22", "%22" + source + "%22");

    Map<String, Integer> executed =
        Metrics.statementsOf(
            management(),
            () -> {
              Answer answer = api.send(method, target, BodyPublishers.ofString(text));
              assertThat(answer.status()).as(answer.text()).isEqualTo(status);
            });

    assertThat(executed.values().stream().mapToInt(Integer::intValue).sum())
        .as(executed.toString())
        .isEqualTo(statements);
  }

  @Test
  void aColdCacheAsksOncePerKeyAndSource() {
    TestWorkspace workspace = TestWorkspace.create();
    Api api = Api.of(workspace);

    Map<String, Integer> executed =
        Metrics.statementsOf(
            management(),
            () -> {
              Stream<CompletableFuture<Answer>> crowd =
                  IntStream.range(0, CROWD)
                      .mapToObj(i -> api.putAsync("{\"key\":\"" + i + "\",\"info\":{}}"));
              crowd.toList().forEach(answer -> answer.join().created());
            });

    assertThat(executed.keySet())
        .containsExactlyInAnyOrder("find_api_key", "find_source", "write_profiles");
    assertThat(executed).containsEntry("find_api_key", 1).containsEntry("find_source", 1);
    // They waited for the same two answers, so they came to the batches nearly all at once.
    assertThat(executed.get("write_profiles")).isLessThan(CROWD / 2);
  }

  @Test
  void whatDoesNotExistIsAskedForOnceToo() {
    TestWorkspace workspace = TestWorkspace.create();
    Api nobody = Api.with("ask_" + TestWorkspace.hex(32), workspace.sourceKey());
    Api lost = Api.of(workspace).in(TestWorkspace.hex(40));

    Map<String, Integer> executed =
        Metrics.statementsOf(
            management(),
            () -> {
              IntStream.range(0, CROWD)
                  .mapToObj(i -> nobody.putAsync("{\"key\":\"k\",\"info\":{}}"))
                  .toList()
                  .forEach(answer -> assertThat(answer.join().status()).isEqualTo(401));
              IntStream.range(0, CROWD)
                  .mapToObj(i -> lost.putAsync("{\"key\":\"k\",\"info\":{}}"))
                  .toList()
                  .forEach(answer -> assertThat(answer.join().status()).isEqualTo(400));
            });

    assertThat(executed).isEqualTo(Map.of("find_api_key", 2, "find_source", 1));
  }
}
