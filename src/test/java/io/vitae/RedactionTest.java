package io.vitae;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.vitae.access.ApiKey;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The text of an object that carries a profile, a person or a secret shows none of it. */
class RedactionTest {
  private static final String CANARY = "canary";
  private static final Pattern PERSONAL =
      Pattern.compile(
          "document|body|email|actor|reference|secret|profile", Pattern.CASE_INSENSITIVE);

  /** Records with a JSON tree, or with a text whose name says what it holds. */
  static Stream<Class<?>> carriers() {
    return new ClassFileImporter()
        .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.vitae").stream()
            .filter(JavaClass::isRecord)
            .<Class<?>>map(JavaClass::reflect)
            .filter(
                type ->
                    Arrays.stream(type.getRecordComponents()).anyMatch(RedactionTest::isPersonal));
  }

  @ParameterizedTest
  @MethodSource("carriers")
  void aRecordRedacts(Class<?> type) throws ReflectiveOperationException {
    RecordComponent[] components = type.getRecordComponents();
    Constructor<?> constructor =
        type.getDeclaredConstructor(
            Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new));
    constructor.setAccessible(true);

    Object carrier =
        constructor.newInstance(Arrays.stream(components).map(RedactionTest::value).toArray());

    assertThat(carrier.toString()).doesNotContain(CANARY);
  }

  @Test
  void anApiKeyRedacts() {
    String digits = "0123456789abcdef0123456789abcdef";
    assertThat(ApiKey.parse("ask_" + digits)).isPresent();
    assertThat(ApiKey.parse("ask_" + digits).toString()).doesNotContain(digits);
  }

  private static boolean isPersonal(RecordComponent component) {
    return JsonNode.class.isAssignableFrom(component.getType())
        || (PERSONAL.matcher(component.getName()).matches() && isText(component));
  }

  private static boolean isText(RecordComponent component) {
    return component.getType() == String.class || isOptionalText(component);
  }

  private static boolean isOptionalText(RecordComponent component) {
    return component.getGenericType() instanceof ParameterizedType type
        && type.getRawType() == Optional.class
        && type.getActualTypeArguments()[0] == String.class;
  }

  private static Object value(RecordComponent component) {
    Class<?> type = component.getType();
    if (isPersonal(component)) {
      if (JsonNode.class.isAssignableFrom(type)) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        return tree.put("name", CANARY);
      }
      return type == String.class ? CANARY : Optional.of(CANARY);
    }
    if (type == boolean.class) {
      return false;
    }
    if (type == int.class) {
      return 0;
    }
    return type == long.class ? (Object) 0L : null;
  }
}
