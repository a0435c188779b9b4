package io.vitae.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitae.testing.Answer;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Bodies of PUTs: full, partial, with nulls and with fields nobody knows. One seed, one sequence.
 */
public final class RandomPuts {
  private static final Map<String, List<String>> VALUES =
      Map.of(
          "info",
          List.of(
              "{}",
              "{\"full_name\":\"Ada\",\"email\":\"ada@example.com\"}",
              "{\"summary\":\"\",\"x\":[1,{\"y\":null}],\"urls\":[{\"type\":\"github\",\"url\":\"u\"}]}"),
          "consent_algorithmic",
          List.of(
              "{}",
              "{\"owner\":{\"searching\":true}}",
              "{\"owner\":{\"parsing\":true,\"searching\":true},\"controller\":{\"searching\":true}}"),
          "reference",
          List.of("\"r1\"", "\"r2\""),
          "text",
          List.of("\"\"", "\"text\"", "\"\\u00e9\""),
          "skills",
          List.of("[]", "[{\"name\":\"s\",\"type\":\"hard\",\"value\":1.50}]", "[{},{\"x\":1}]"),
          "tags",
          List.of("[]", "[{\"name\":\"t\",\"value\":true}]"),
          "experiences_duration",
          List.of("0", "1.0", "2"),
          "x",
          List.of("1", "1.0", "\"1\"", "{}", "{\"a\":{\"b\":1}}", "[]", "[[1],2]", "false"),
          "a field nobody knows",
          List.of("{\"a\":1}", "{\"b\":2}", "{\"a\":null}"));

  private final Random random;
  private final List<String> names = VALUES.keySet().stream().sorted().toList();

  public RandomPuts(long seed) {
    random = new Random(seed);
  }

  /** The next body, which names its profile by key; the first one of a profile must have info. */
  public ObjectNode next(String key, boolean first) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("key", key);
    int density = 1 + random.nextInt(4);
    for (String name : names) {
      if (random.nextInt(4) < density) {
        body.set(name, random.nextInt(4) == 0 ? body.nullNode() : value(name));
      }
    }
    if (first) {
      body.set("info", value("info"));
    }
    return body;
  }

  private JsonNode value(String name) {
    List<String> values = VALUES.get(name);
    return Answer.parse(values.get(random.nextInt(values.size())));
  }
}
