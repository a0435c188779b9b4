package io.vitae.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vitae.testing.Answer;
import io.vitae.testing.Api;
import io.vitae.testing.CapturedRequest;
import io.vitae.testing.Fixtures;
import io.vitae.testing.PostgresResource;
import io.vitae.testing.RawConnection;
import io.vitae.testing.TestWorkspace;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every request that HrFlow's own SDKs make, byte for byte as they put it on the wire, gets the
 * answer that the SDK needs.
 */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class SdkRequestsQuarkusTest {
  private static final Set<String> SERVER_KEYS = Set.of("key", "source_key");

  static Stream<CapturedRequest> requests() {
    return CapturedRequest.all().stream().filter(request -> request.isTo(Api.INDEXING));
  }

  @Test
  void theFileIsReadWhole() {
    assertThat(CapturedRequest.all()).hasSize(19);
    assertThat(requests().map(CapturedRequest::method))
        .containsExactly("POST", "PUT", "PUT", "GET", "GET", "POST", "PUT", "GET", "GET");
  }

  @ParameterizedTest
  @MethodSource("requests")
  void getsItsAnswer(CapturedRequest request) throws IOException {
    TestWorkspace workspace = TestWorkspace.create();
    boolean creates = request.method().equals("POST");
    String key = creates ? "" : storeWhatTheRequestIsAbout(request, workspace);

    Answer answer = exchange(request, workspace, key);

    switch (request.method()) {
      case "POST" -> answer.created();
      case "PUT" -> answer.edited();
      case "GET" -> answer.found();
      default -> throw new AssertionError(request.method());
    }
    assertThat(answer.data().path("key").textValue()).matches(creates ? "[0-9a-f]{40}" : key);
    assertThat(answer.data().path("source").path("key").textValue())
        .isEqualTo(workspace.sourceKey());
    if (!request.body().isEmpty()) {
      JsonNode sent = Answer.parse(request.bodyFor(workspace, key));
      holdsAll(answer.data(), sent);
      String stored = answer.data().path("key").textValue();
      assertThat(Api.of(workspace).get("key", stored).found().data()).isEqualTo(answer.data());
    }
  }

  @ParameterizedTest
  @MethodSource("requests")
  void isToldWhenThereIsNoSuchProfile(CapturedRequest request) throws IOException {
    TestWorkspace workspace = TestWorkspace.create();

    Answer answer = exchange(request, workspace, "0".repeat(40));

    if (request.method().equals("GET")) {
      answer.failed(400, "Invalid parameters. Unable to find object: profile");
    } else {
      answer.created();
    }
  }

  /** The calls beside {@code /v1/profile/indexing}: a status of 200, and what the SDK reads. */
  static Stream<Arguments> otherRequests() {
    return CapturedRequest.all().stream()
        .filter(request -> !request.isTo(Api.INDEXING))
        .map(request -> Arguments.of(request, expected(request.name())));
  }

  private static String expected(String name) {
    return switch (name.replaceFirst("(python|javascript) SDK: ", "")) {
      case "auth.get" -> "Auth info all";
      case "profile.storing.archive by reference" -> "Profile archived key";
      case "profile.storing.list" -> "List of profiles [key] 1/1, 1 of 1";
      case "profile.searching.list" -> "Profiles list [key] 1/1, 1 of 1";
      case "profile.searching.list with filters" -> "Profiles list [] 2/1, 0 of 1";
      case "source.get" -> "Source info source";
      case "source.list" -> "Source list [source] 1/1, 1 of 1";
      default -> throw new AssertionError(name);
    };
  }

  @ParameterizedTest
  @MethodSource("otherRequests")
  void anyOtherCallGetsItsAnswer(CapturedRequest request, String expected) throws IOException {
    TestWorkspace workspace = TestWorkspace.create();
    String key = storeWhatMayBeFound(workspace);

    Answer answer = exchange(request, workspace, key);

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(summary(answer).replace(key, "key").replace(workspace.sourceKey(), "source"))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("otherRequests")
  void aReadOfAnEmptyWorkspaceIsAnEmptyAnswer(CapturedRequest request, String expected)
      throws IOException {
    Answer answer = exchange(request, TestWorkspace.create(), "");

    if (request.method().equals("PATCH")) {
      answer.failed(400, "Invalid parameters. Unable to find object: profile");
    } else {
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }
    if (request.name().contains("profile") && request.method().equals("GET")) {
      assertThat(answer.keys()).isEmpty();
      assertThat(answer.meta().subList(1, 4)).containsExactly(1L, 0L, 0L);
    }
  }

  private static String storeWhatMayBeFound(TestWorkspace workspace) {
    Api api = Api.of(workspace);
    String rename = "{\"key\": \"" + workspace.sourceKey() + "\", \"name\": \"Demo source\"}";
    api.send("PATCH", "/v1/source", BodyPublishers.ofString(rename));
    Answer stored = api.post(Fixtures.text("sdk/searchable-profile.json")).created();
    return stored.data().path("key").textValue();
  }

  /** What the SDKs take from an answer. */
  private static String summary(Answer answer) {
    JsonNode data = answer.data();
    if (data.has("api_key_permission")) {
      return answer.message() + " " + data.path("api_key_permission").textValue();
    }
    if (!answer.json().has("meta")) {
      return answer.message() + " " + data.path("key").textValue();
    }
    return "%s %s %d/%d, %d of %d"
        .formatted(
            Stream.concat(
                    Stream.<Object>of(answer.message(), answer.keys()), answer.meta().stream())
                .toArray());
  }

  private static Answer exchange(CapturedRequest request, TestWorkspace workspace, String key)
      throws IOException {
    try (RawConnection connection = RawConnection.open()) {
      return connection.send(request.bytesFor(workspace, key)).read();
    }
  }

  private static String storeWhatTheRequestIsAbout(
      CapturedRequest request, TestWorkspace workspace) {
    String language = request.name().startsWith("python") ? "python" : "javascript";
    Answer stored = Api.of(workspace).post(Fixtures.text("sdk/" + language + "-profile.json"));
    return stored.created().data().path("key").textValue();
  }

  /** Everything sent is answered; an answer may hold more. */
  private static void holdsAll(JsonNode answered, JsonNode sent) {
    if (sent.isObject()) {
      for (Map.Entry<String, JsonNode> member : sent.properties()) {
        if (!SERVER_KEYS.contains(member.getKey())) {
          holdsAll(answered.path(member.getKey()), member.getValue());
        }
      }
    } else if (sent.isArray()) {
      assertThat(answered.size()).isEqualTo(sent.size());
      for (int i = 0; i < sent.size(); i++) {
        holdsAll(answered.get(i), sent.get(i));
      }
    } else {
      assertThat(answered).isEqualTo(sent);
    }
  }
}
