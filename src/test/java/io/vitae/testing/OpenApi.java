package io.vitae.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.regex.RegularExpression;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The published description, and whether an answer is one that it promises. */
public final class OpenApi {
  /** The description as it is published. */
  public static final JsonNode DOCUMENT = read();

  /** What the service answers wherever a request went: it is no part of any operation. */
  private static final Set<Integer> ANYWHERE = Set.of(400, 404, 405, 413);

  private static final Map<String, JsonSchema> SCHEMAS = new ConcurrentHashMap<>();

  private OpenApi() {}

  /**
   * Asserts that an answer is documented: its status for the operation, its body for the status,
   * and that it has all the headers promised, but those that need not be there.
   *
   * @param target path and query as sent
   */
  static void check(String method, String target, Answer answer) {
    String path = target.split("\\?", 2)[0];
    JsonNode operation = DOCUMENT.path("paths").path(path).path(method.toLowerCase(Locale.ROOT));
    if (operation.isMissingNode()) {
      assertThat(answer.status()).as("%s %s is not documented", method, path).isIn(ANYWHERE);
      follows("/components/schemas/Error", answer);
      return;
    }
    JsonNode response = operation.path("responses").path(Integer.toString(answer.status()));
    assertThat(response.isMissingNode())
        .as("%s %s: status %s is not documented", method, path, answer.status())
        .isFalse();
    JsonNode promised = resolve(response);
    for (Map.Entry<String, JsonNode> header : promised.path("headers").properties()) {
      boolean always = resolve(header.getValue()).path("required").asBoolean(true);
      assertThat(answer.headers().allValues(header.getKey()))
          .as("%s of %s %s", header.getKey(), method, path)
          .hasSizeBetween(always ? 1 : 0, 1);
    }
    JsonNode schema = promised.at("/content/application~1json/schema/$ref");
    assertThat(schema.isMissingNode())
        .as("%s %s: a body of %s is not documented: %s", method, path, answer.status(), answer)
        .isEqualTo(answer.text().isEmpty());
    if (!schema.isMissingNode()) {
      follows(schema.textValue().substring(1), answer);
    }
  }

  /** The compiled schema that a pointer into the description leads to. */
  public static JsonSchema schema(String pointer) {
    return SCHEMAS.computeIfAbsent(pointer, OpenApi::compile);
  }

  private static void follows(String pointer, Answer answer) {
    assertThat(schema(pointer).validate(answer.json()))
        .as("%s %s", pointer, answer.text())
        .isEmpty();
  }

  private static JsonNode resolve(JsonNode node) {
    JsonNode reference = node.path("$ref");
    return reference.isMissingNode() ? node : DOCUMENT.at(reference.textValue().substring(1));
  }

  private static JsonSchema compile(String pointer) {
    ObjectNode root = DOCUMENT.deepCopy();
    root.removeAll();
    root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    root.put("$ref", "#" + pointer);
    root.set("components", DOCUMENT.required("components"));
    SchemaValidatorsConfig config =
        SchemaValidatorsConfig.builder().regularExpressionFactory(OpenApi::ecmaPattern).build();
    return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(root, config);
  }

  /** JSON Schema speaks ECMA-262, where {@code $} does not match before a final line break. */
  private static RegularExpression ecmaPattern(String regex) {
    Pattern pattern = Pattern.compile(regex.replaceFirst("\\$$", "\\\\z"));
    return text -> pattern.matcher(text).find();
  }

  private static JsonNode read() {
    try (InputStream stream = OpenApi.class.getResourceAsStream("/META-INF/openapi.yaml")) {
      return new YAMLMapper().readTree(Objects.requireNonNull(stream));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
