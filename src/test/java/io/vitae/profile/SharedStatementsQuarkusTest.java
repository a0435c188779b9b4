package io.vitae.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vitae.testing.Answer;
import io.vitae.testing.Api;
import io.vitae.testing.PostgresResource;
import io.vitae.testing.TestWorkspace;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests that share a statement fail and succeed each for itself (adr/0006). */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class SharedStatementsQuarkusTest {
  /** All kinds of them together stay below what one workspace may have under way. */
  private static final int CROWD = 30;

  private Api api;

  @BeforeEach
  void newWorkspace() {
    api = Api.of(TestWorkspace.create());
  }

  /** All kinds of outcomes at once, many times over. */
  @Test
  void everyRowHasItsOwnOutcome() {
    api.put("{\"key\":\"owner\",\"reference\":\"taken\",\"info\":{}}").created();
    for (int i = 0; i < CROWD; i++) {
      api.put("{\"key\":\"old" + i + "\",\"info\":{},\"kept\":" + i + "}").created();
    }
    List<CompletableFuture<Answer>> edited = new ArrayList<>();
    List<CompletableFuture<Answer>> created = new ArrayList<>();
    List<CompletableFuture<Answer>> unchanged = new ArrayList<>();
    List<CompletableFuture<Answer>> taken = new ArrayList<>();
    List<CompletableFuture<Answer>> absent = new ArrayList<>();
    for (int i = 0; i < CROWD; i++) {
      if (i % 2 == 0) {
        edited.add(api.putAsync("{\"key\":\"old" + i + "\",\"info\":{},\"n\":" + i + "}"));
      } else {
        unchanged.add(api.putAsync("{\"key\":\"old" + i + "\",\"kept\":" + i + "}"));
      }
      created.add(api.putAsync("{\"key\":\"new" + i + "\",\"info\":{},\"n\":" + i + "}"));
      taken.add(api.putAsync("{\"key\":\"thief" + i + "\",\"reference\":\"taken\",\"info\":{}}"));
      absent.add(api.putAsync("{\"key\":\"nobody" + i + "\",\"text\":\"t\"}"));
    }

    assertThat(edited.stream().map(CompletableFuture::join))
        .allSatisfy(
            answer -> {
              assertThat(answer.edited().etag()).isEqualTo("\"2\"");
              assertThat(answer.data().path("n")).isEqualTo(answer.data().path("kept"));
            });
    assertThat(unchanged.stream().map(CompletableFuture::join))
        .allSatisfy(answer -> assertThat(answer.edited().etag()).isEqualTo("\"1\""));
    assertThat(created.stream().map(CompletableFuture::join))
        .allSatisfy(
            answer ->
                assertThat(answer.created().data().path("key").asText())
                    .isEqualTo("new" + answer.data().path("n").asText()));
    assertThat(taken.stream().map(CompletableFuture::join))
        .allSatisfy(
            answer ->
                assertThat(answer.failed(400, "Invalid profile fields").errors())
                    .containsExactly("/reference identity_conflict"));
    assertThat(absent.stream().map(CompletableFuture::join))
        .allSatisfy(
            answer ->
                assertThat(answer.failed(400, "Invalid profile fields").errors())
                    .containsExactly("/info required"));
  }

  /** The one case in which PostgreSQL refuses a whole statement. */
  @Test
  void twoProfilesThatClaimOneReferenceInOneInstantDoNotHurtTheOthers() {
    for (int i = 0; i < CROWD; i++) {
      api.put("{\"key\":\"k" + i + "\",\"info\":{}}").created();
    }
    List<CompletableFuture<Answer>> claims = new ArrayList<>();
    List<CompletableFuture<Answer>> others = new ArrayList<>();
    for (int i = 0; i < CROWD; i++) {
      if (i % 2 == 0) {
        claims.add(api.putAsync("{\"key\":\"k" + i + "\",\"reference\":\"one\"}"));
      } else {
        others.add(api.putAsync("{\"key\":\"k" + i + "\",\"n\":" + i + "}"));
      }
    }

    assertThat(others.stream().map(CompletableFuture::join)).allSatisfy(Answer::edited);
    List<Answer> answers = claims.stream().map(CompletableFuture::join).toList();
    assertThat(answers.stream().filter(answer -> answer.status() == 201)).hasSize(1);
    assertThat(answers.stream().filter(answer -> answer.status() != 201))
        .hasSize(CROWD / 2 - 1)
        .allSatisfy(
            answer ->
                assertThat(answer.failed(400, "Invalid profile fields").errors())
                    .containsExactly("/reference identity_conflict"));
  }

  /** One profile under both of its names at once: two queues, and no write is lost. */
  @Test
  void keyAndReferenceOfOneProfileMayBothBeUsedAtOnce() {
    api.put("{\"key\":\"k\",\"reference\":\"r\",\"info\":{}}").created();
    List<CompletableFuture<Answer>> answers = new ArrayList<>();
    for (int i = 0; i < CROWD; i++) {
      String name = i % 2 == 0 ? "\"key\":\"k\"" : "\"reference\":\"r\"";
      answers.add(api.putAsync("{" + name + ",\"field_" + i + "\":" + i + "}"));
    }
    answers.forEach(answer -> answer.join().edited());

    Answer stored = api.get("key", "k").found();
    assertThat(stored.etag()).isEqualTo("\"" + (CROWD + 1) + "\"");
    for (int i = 0; i < CROWD; i++) {
      assertThat(stored.data().path("field_" + i).asInt(-1)).isEqualTo(i);
    }
  }
}
