package io.vitae.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RouteTagsTest {

  @Test
  void everyPathOfTheApiIsKnown() {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.vitae");
    Set<String> paths =
        classes.stream()
            .filter(type -> type.isAnnotatedWith(Path.class))
            .<Class<?>>map(JavaClass::reflect)
            .flatMap(RouteTagsTest::paths)
            .collect(Collectors.toSet());

    assertThat(RouteTags.ROUTES).containsExactlyInAnyOrderElementsOf(paths);
  }

  @Test
  void otherPathsAreOne() {
    assertThat(uri("http.server.requests", "/v1/profile/indexing"))
        .isEqualTo("/v1/profile/indexing");
    assertThat(uri("http.server.requests", "NOT_FOUND")).isEqualTo("NOT_FOUND");
    assertThat(uri("http.server.requests", "/v1/ada@example.com")).isEqualTo("UNKNOWN");
    assertThat(uri("other", "/v1/x")).isEqualTo("/v1/x");
  }

  @Test
  void wordsThatAreNoMethodAreOne() {
    for (String meter : List.of("http.server.requests", "http.server.bytes.read")) {
      assertThat(method(meter, "PATCH")).isEqualTo("PATCH");
      assertThat(method(meter, "ada@example.com")).isEqualTo("UNKNOWN");
      assertThat(method(meter, "get")).isEqualTo("UNKNOWN");
    }
    assertThat(method("other", "x")).isEqualTo("x");
  }

  private static String method(String meter, String method) {
    Meter.Id id = new Meter.Id(meter, Tags.of("method", method), null, null, Meter.Type.TIMER);
    return new RouteTags().map(id).getTag("method");
  }

  private static String uri(String meter, String uri) {
    Meter.Id id =
        new Meter.Id(meter, Tags.of("method", "GET", "uri", uri), null, null, Meter.Type.TIMER);
    Meter.Id mapped = new RouteTags().map(id);
    assertThat(mapped.getTag("method")).isEqualTo("GET");
    return mapped.getTag("uri");
  }

  private static Stream<String> paths(Class<?> resource) {
    String base = resource.getAnnotation(Path.class).value();
    return Arrays.stream(resource.getDeclaredMethods())
        .filter(RouteTagsTest::isOperation)
        .map(method -> method.getAnnotation(Path.class))
        .map(path -> path == null ? base : base + path.value());
  }

  private static boolean isOperation(Method method) {
    return Arrays.stream(method.getAnnotations())
        .anyMatch(annotation -> annotation.annotationType().isAnnotationPresent(HttpMethod.class));
  }
}
