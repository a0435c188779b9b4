package io.vitae.profile;

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
import java.sql.PreparedStatement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many writers of one profile at once: nothing is lost, nothing made twice, nobody fails. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ProfileConcurrencyQuarkusTest {
  private TestWorkspace workspace;
  private Api api;

  @BeforeEach
  void newWorkspace() {
    workspace = TestWorkspace.create();
    api = Api.of(workspace);
  }

  /** By another instance, or by hand: the write waits for it, and sees what it left. */
  @Test
  void whatIsChangedWhileAWriteWaitsIsNotLost() throws Exception {
    api.put("{\"key\":\"k\",\"info\":{},\"kept\":1}").created();

    Answer answer =
        meanwhile(
            "UPDATE profile SET document = document || '{\"other\":2}', version = version + 1"
                + " WHERE workspace_id = ?",
            "{\"key\":\"k\",\"mine\":3}");

    assertThat(answer.edited().etag()).isEqualTo("\"3\"");
    JsonNode stored = api.get("key", "k").found().data();
    assertThat(stored).isEqualTo(answer.data());
    assertThat(stored.path("kept").asInt()).isEqualTo(1);
    assertThat(stored.path("other").asInt()).isEqualTo(2);
    assertThat(stored.path("mine").asInt()).isEqualTo(3);
  }

  @Test
  void whatIsDeletedWhileAWriteWaitsIsMadeAnew() throws Exception {
    api.put("{\"key\":\"k\",\"info\":{},\"kept\":1}").created();

    Answer answer =
        meanwhile("DELETE FROM profile WHERE workspace_id = ?", "{\"key\":\"k\",\"info\":{}}");

    assertThat(answer.created().etag()).isEqualTo("\"1\"");
    assertThat(api.get("key", "k").found().data().has("kept")).isFalse();
  }

  @Test
  void whatIsRenamedWhileAWriteWaitsIsAnother() throws Exception {
    api.put("{\"key\":\"k\",\"reference\":\"r\",\"info\":{}}").created();

    Answer answer =
        meanwhile(
            "UPDATE profile SET reference = 's', version = version + 1 WHERE workspace_id = ?",
            "{\"reference\":\"r\",\"info\":{}}");

    assertThat(answer.created().etag()).isEqualTo("\"1\"");
    assertThat(api.get("reference", "s").found().data().path("key").asText()).isEqualTo("k");
  }

  /** The answer to a PUT that comes in the middle of another transaction. */
  private Answer meanwhile(String change, String body) throws Exception {
    try (Connection other = TestWorkspace.connect();
        PreparedStatement statement = other.prepareStatement(change)) {
      other.setAutoCommit(false);
      statement.setLong(1, workspace.id());
      assertThat(statement.executeUpdate()).isEqualTo(1);
      CompletableFuture<Answer> answer = api.putAsync(body);
      Eventually.await("it waits", () -> TestWorkspace.isWaitedFor(other));
      assertThat(answer).isNotDone();
      other.commit();
      return answer.join();
    }
  }

  @Test
  void ofAHundredPostsOfOneReferenceOneCreates() {
    List<Answer> answers =
        atOnce(100, i -> api.postAsync("{\"reference\":\"cv-1\",\"info\":{},\"n\":" + i + "}"));

    List<Answer> created = answers.stream().filter(answer -> answer.status() == 201).toList();
    assertThat(created).hasSize(1);
    assertThat(answers.stream().filter(answer -> answer.status() != 201))
        .hasSize(99)
        .allSatisfy(
            answer ->
                assertThat(answer.text())
                    .isEqualTo(
                        "{\"code\":400,\"message\":\"Cannot create profile with this reference:"
                            + " cv-1. Already used!\"}"));
    assertThat(api.get("reference", "cv-1").found().data()).isEqualTo(created.get(0).data());
  }

  @Test
  void sixtyFourPutsOfDifferentFieldsAllSurvive() {
    api.put("{\"key\":\"k\",\"info\":{}}").created();

    List<Answer> answers =
        atOnce(64, i -> api.putAsync("{\"key\":\"k\",\"field_" + i + "\":" + i + "}"));

    assertThat(answers).allSatisfy(Answer::edited);
    assertThat(answers.stream().map(Answer::etag).distinct()).hasSize(64);
    Answer stored = api.get("key", "k").found();
    assertThat(stored.etag()).isEqualTo("\"65\"");
    assertThat(IntStream.range(0, 64))
        .allSatisfy(i -> assertThat(stored.data().path("field_" + i).asInt(-1)).isEqualTo(i));
  }

  @Test
  void ofFiftyFirstPutsOfOneReferenceOneCreates() {
    onlyOneCreates("\"reference\":\"cv-1\"");
  }

  @Test
  void ofFiftyFirstPutsOfOneKeyOneCreates() {
    onlyOneCreates("\"key\":\"k\"");
  }

  @Test
  void twoKeysThatClaimOneReferenceAtOnceAreTold() {
    List<Answer> answers =
        atOnce(
            50, i -> api.putAsync("{\"key\":\"k" + i + "\",\"reference\":\"cv-1\",\"info\":{}}"));

    assertThat(answers.stream().filter(answer -> answer.status() == 201)).hasSize(1);
    assertThat(answers.stream().filter(answer -> answer.status() != 201))
        .allSatisfy(
            answer ->
                assertThat(answer.failed(400, "Invalid profile fields").errors())
                    .containsExactly("/reference identity_conflict"));
  }

  private void onlyOneCreates(String identity) {
    List<Answer> answers =
        atOnce(
            50, i -> api.putAsync("{" + identity + ",\"info\":{},\"field_" + i + "\":" + i + "}"));

    assertThat(answers.stream().filter(answer -> answer.code() == 201)).hasSize(1);
    assertThat(answers.stream().filter(answer -> answer.code() == 200)).hasSize(49);
    assertThat(answers.stream().map(answer -> answer.data().path("id")).distinct()).hasSize(1);
    assertThat(answers.stream().map(Answer::etag).distinct()).hasSize(50);
    JsonNode last = lastOf(answers).data();
    assertThat(IntStream.range(0, 50))
        .allSatisfy(i -> assertThat(last.path("field_" + i).asInt(-1)).isEqualTo(i));
  }

  private static Answer lastOf(List<Answer> answers) {
    return answers.stream().filter(answer -> answer.etag().equals("\"50\"")).findFirst().get();
  }

  private static List<Answer> atOnce(int count, IntFunction<CompletableFuture<Answer>> call) {
    List<CompletableFuture<Answer>> calls = IntStream.range(0, count).mapToObj(call).toList();
    return calls.stream().map(CompletableFuture::join).toList();
  }
}
