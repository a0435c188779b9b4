package io.vitae.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vitae.testing.Answer;
import io.vitae.testing.Api;
import io.vitae.testing.PostgresResource;
import io.vitae.testing.TestWorkspace;
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
  private Api api;

  @BeforeEach
  void newWorkspace() {
    api = Api.of(TestWorkspace.create());
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
