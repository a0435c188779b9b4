package io.vitae.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitae.testing.OpenApi;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The published description is whole, and its examples are what the service says. */
class OpenApiTest {
  /** An example, and the schema and status that it is given for. */
  private record Example(String operation, int status, JsonNode schema, JsonNode value) {
    @Override
    public String toString() {
      return operation + " " + status + " " + value.path("message").asText();
    }
  }

  static Stream<Example> answers() {
    List<Example> examples = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : OpenApi.DOCUMENT.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        for (Map.Entry<String, JsonNode> response :
            operation.getValue().path("responses").properties()) {
          JsonNode content = resolve(response.getValue()).at("/content/application~1json");
          for (JsonNode example : content.path("examples")) {
            examples.add(
                new Example(
                    operation.getKey() + " " + path.getKey(),
                    Integer.parseInt(response.getKey()),
                    content.path("schema"),
                    resolve(example).path("value")));
          }
        }
      }
    }
    return examples.stream();
  }

  @ParameterizedTest
  @MethodSource("answers")
  void anExampleOfAnAnswerFollowsItsSchemaAndSaysWhatTheServiceSays(Example example) {
    JsonNode value = example.value();
    assertThat(OpenApi.schema(reference(example.schema())).validate(value)).isEmpty();
    if (example.status() >= 400) {
      assertThat(ErrorCode.values())
          .as(value.toString())
          .anyMatch(
              code ->
                  code.status() == example.status()
                      && value.path("code").intValue() == code.status()
                      && says(value.path("message").textValue(), code));
    }
  }

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void everyErrorHasAnExample(ErrorCode code) {
    assertThat(answers())
        .anyMatch(
            example ->
                example.status() == code.status()
                    && says(example.value().path("message").textValue(), code));
  }

  @Test
  void examplesOfRequestsFollowTheirSchemas() {
    int checked = 0;
    for (JsonNode path : OpenApi.DOCUMENT.path("paths")) {
      for (JsonNode operation : path) {
        JsonNode content = operation.at("/requestBody/content/application~1json");
        for (JsonNode example : content.path("examples")) {
          JsonNode schema = content.path("schema");
          JsonNode first = schema.has("anyOf") ? schema.path("anyOf").get(0) : schema;
          assertThat(OpenApi.schema(reference(first)).validate(example.path("value"))).isEmpty();
          checked++;
        }
      }
    }
    assertThat(checked).isGreaterThanOrEqualTo(7);
  }

  private static boolean says(String message, ErrorCode code) {
    return message.matches(Pattern.quote(code.message()).replace("%s", "\\E.+\\Q"));
  }

  private static JsonNode resolve(JsonNode node) {
    return node.has("$ref") ? OpenApi.DOCUMENT.at(reference(node)) : node;
  }

  private static String reference(JsonNode node) {
    return node.path("$ref").textValue().substring(1);
  }
}
