package io.vitae.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The README's table has every key with its default, and no other. */
class ConfigurationDocumentedTest {
  private static final Pattern KEY = Pattern.compile("`(vitae\\.[a-z0-9.\\[\\]-]+)`");

  @Test
  void theReadmeHasEveryKeyWithItsDefault() throws IOException {
    List<String> rows =
        Files.readString(Path.of("README.md")).lines().filter(l -> l.startsWith("|")).toList();

    keys()
        .forEach(
            (key, fallback) ->
                assertThat(rows)
                    .as("a row for %s with its default %s", key, fallback.orElse("(none)"))
                    .anyMatch(
                        row ->
                            row.replaceAll("\\[[0-9n]*\\]", "[]").contains("`" + key + "`")
                                && fallback
                                    .map(value -> row.contains("`" + value + "`"))
                                    .orElse(true)));
  }

  @Test
  void theReadmeHasNoOtherKey() throws IOException {
    Set<String> documented =
        KEY.matcher(Files.readString(Path.of("README.md")))
            .results()
            .map(match -> match.group(1).replaceAll("\\[[0-9n]*\\]", "[]"))
            .collect(Collectors.toSet());

    assertThat(keys().keySet()).containsAll(documented);
  }

  @Test
  void theStartUpCheckKnowsEveryMapping() {
    assertThat(KnownKeys.MAPPINGS)
        .containsExactlyInAnyOrderElementsOf(mappings().collect(Collectors.toList()));
  }

  private static Map<String, Optional<String>> keys() {
    Map<String, Optional<String>> keys = new TreeMap<>();
    mappings()
        .forEach(type -> collect(type, type.getAnnotation(ConfigMapping.class).prefix(), keys));
    return keys;
  }

  private static java.util.stream.Stream<Class<?>> mappings() {
    return new ClassFileImporter()
        .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.vitae").stream()
            .filter(type -> type.isAnnotatedWith(ConfigMapping.class))
            .map(JavaClass::reflect);
  }

  private static void collect(Class<?> type, String prefix, Map<String, Optional<String>> keys) {
    for (Method method : type.getDeclaredMethods()) {
      String key = prefix + "." + kebab(method.getName());
      Optional<Class<?>> group = group(method.getGenericReturnType());
      if (group.isPresent()) {
        collect(group.get(), key + "[]", keys);
      } else {
        keys.put(
            key,
            Optional.ofNullable(method.getAnnotation(WithDefault.class)).map(WithDefault::value));
      }
    }
  }

  /** The element of a list of groups of keys. */
  private static Optional<Class<?>> group(Type type) {
    return type instanceof ParameterizedType list
            && list.getRawType() == List.class
            && list.getActualTypeArguments()[0] instanceof Class<?> element
            && element.isInterface()
        ? Optional.of(element)
        : Optional.empty();
  }

  private static String kebab(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
  }
}
