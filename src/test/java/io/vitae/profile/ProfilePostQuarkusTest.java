package io.vitae.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vitae.testing.Answer;
import io.vitae.testing.Api;
import io.vitae.testing.PostgresResource;
import io.vitae.testing.TestWorkspace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code POST /v1/profile/indexing}. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ProfilePostQuarkusTest {
  private TestWorkspace workspace;
  private Api api;

  @BeforeEach
  void newWorkspace() {
    workspace = TestWorkspace.create();
    api = Api.of(workspace);
  }

  @Test
  void createsAProfileWithAKeyOfTheServersMaking() {
    Answer first = api.post("{\"info\":{\"full_name\":\"Ada\"}}").created();
    Answer second = api.post("{\"key\":\"mine\",\"info\":{\"full_name\":\"Ada\"}}").created();

    String key = first.data().path("key").textValue();
    assertThat(key).matches("[0-9a-f]{40}");
    assertThat(second.data().path("key").textValue()).matches("[0-9a-f]{40}").isNotEqualTo(key);
    assertThat(first.etag()).isEqualTo("\"1\"");
    assertThat(api.get("key", key).found().data()).isEqualTo(first.data());
  }

  @Test
  void aUsedReferenceIsRefusedByItsName() {
    api.post("{\"reference\":\"cv \\\"1\\\" ü\",\"info\":{},\"text\":\"1\"}").created();

    Answer answer = api.post("{\"reference\":\"cv \\\"1\\\" ü\",\"info\":{},\"text\":\"2\"}");

    assertThat(answer.text())
        .isEqualTo(
            "{\"code\":400,\"message\":"
                + "\"Cannot create profile with this reference: cv \\\"1\\\" ü. Already used!\"}");
    assertThat(api.get("reference", "cv \"1\" ü").found().data().path("text").textValue())
        .isEqualTo("1");
  }

  @Test
  void aReferenceWithAPercentSignIsNamedAsItIs() {
    api.post("{\"reference\":\"100%s\",\"info\":{}}").created();

    api.post("{\"reference\":\"100%s\",\"info\":{}}")
        .failed(400, "Cannot create profile with this reference: 100%s. Already used!");
  }

  @Test
  void aReferenceUsedInAnotherSourceIsFree() {
    api.post("{\"reference\":\"r\",\"info\":{}}").created();

    api.in(workspace.newSource()).post("{\"reference\":\"r\",\"info\":{}}").created();
    Api.of(TestWorkspace.create()).post("{\"reference\":\"r\",\"info\":{}}").created();
  }

  @Test
  void infoIsRequired() {
    Answer answer = api.post("{\"reference\":5,\"text\":1}");

    answer.failed(400, "Invalid profile fields");
    assertThat(answer.errors())
        .containsExactly("/reference invalid_reference", "/info required", "/text invalid_type");
  }

  @Test
  void manyMayHaveNoReference() {
    api.post("{\"info\":{}}").created();
    assertThat(api.post("{\"reference\":null,\"info\":{}}").created().data().path("reference"))
        .isEqualTo(Answer.parse("null"));
  }

  @Test
  void bothBodyFormsAreUnderstood() {
    String nested = "{\"source_key\":\"%s\",\"profile\":{\"reference\":\"r\",\"info\":{}}}";

    Answer answer = api.send("POST", nested.formatted(workspace.sourceKey())).created();

    assertThat(answer.data().path("reference").textValue()).isEqualTo("r");
  }

  @Test
  void theProfileCanThenBePut() {
    String key =
        api.post("{\"reference\":\"r\",\"info\":{}}").created().data().path("key").textValue();

    api.put("{\"key\":\"" + key + "\",\"text\":\"by key\"}").edited();
    Answer answer = api.put("{\"reference\":\"r\",\"text\":\"by reference\"}").edited();

    assertThat(answer.data().path("key").textValue()).isEqualTo(key);
    assertThat(answer.etag()).isEqualTo("\"3\"");
  }
}
