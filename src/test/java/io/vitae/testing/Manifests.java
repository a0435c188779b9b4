package io.vitae.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Kubernetes resources read strictly: of a known kind, and without a field that the kind has not.
 */
public final class Manifests {
  /** Where they are. */
  public static final Path ROOT = Path.of("k8s");

  private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

  private static final Pattern DOCUMENTS = Pattern.compile("(?m)^---\\s*$");

  /** Of an operator whose types no library has. */
  private static final Set<String> WITHOUT_TYPES = Set.of("postgresql.cnpg.io/v1");

  private Manifests() {}

  /** Every resource in a folder, at any depth; not what Kustomize itself reads. */
  public static List<HasMetadata> in(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !file.endsWith("kustomization.yaml"))
          .sorted()
          .flatMap(file -> parse(read(file)).stream())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What Kustomize makes of an overlay. Takes kubectl. */
  public static List<HasMetadata> render(String overlay) throws IOException, InterruptedException {
    Process kubectl =
        new ProcessBuilder("kubectl", "kustomize", ROOT.resolve("overlays/" + overlay).toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String rendered = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(kubectl.waitFor()).isZero();
    return parse(rendered);
  }

  /** The resources of a text with one or more documents. */
  public static List<HasMetadata> parse(String yaml) {
    List<HasMetadata> resources = new ArrayList<>();
    for (String document : DOCUMENTS.splitAsStream(yaml).toList()) {
      if (document.lines().anyMatch(line -> !line.isBlank() && !line.startsWith("#"))) {
        resources.add(resource(document));
      }
    }
    return resources;
  }

  /** The one resource of a type. */
  public static <T extends HasMetadata> T only(List<HasMetadata> resources, Class<T> type) {
    List<T> found = resources.stream().filter(type::isInstance).map(type::cast).toList();
    assertThat(found).as(type.getSimpleName()).hasSize(1);
    return found.get(0);
  }

  private static HasMetadata resource(String document) {
    HasMetadata resource = SERIALIZATION.unmarshal(document, HasMetadata.class);
    if (resource instanceof GenericKubernetesResource) {
      assertThat(WITHOUT_TYPES).as(document).contains(resource.getApiVersion());
    } else {
      JsonNode given = SERIALIZATION.unmarshal(document, JsonNode.class);
      assertNothingUnknown(resource, given, resource.getKind());
    }
    return resource;
  }

  /**
   * Every type keeps the fields that it does not know in a map of its own, instead of refusing
   * them.
   */
  private static void assertNothingUnknown(Object value, JsonNode given, String path) {
    if (given.isArray() && value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        assertNothingUnknown(list.get(i), given.get(i), path + "[" + i + "]");
      }
    } else if (given.isObject() && value.getClass().getName().startsWith("io.fabric8.")) {
      given
          .fieldNames()
          .forEachRemaining(
              name ->
                  property(value, name, path + "." + name)
                      .ifPresent(
                          child ->
                              assertNothingUnknown(child, given.get(name), path + "." + name)));
    }
  }

  private static Optional<Object> property(Object owner, String name, String path) {
    for (var method : owner.getClass().getMethods()) {
      var annotation = method.getAnnotation(JsonProperty.class);
      if (annotation != null
          && annotation.value().equals(name)
          && method.getParameterCount() == 0) {
        try {
          return Optional.ofNullable(method.invoke(owner));
        } catch (ReflectiveOperationException e) {
          throw new LinkageError(path, e);
        }
      }
    }
    // Types that write themselves, such as quantities, have no properties to ask for.
    assertThat(owner.getClass().isAnnotationPresent(JsonSerialize.class))
        .as("no such field: %s", path)
        .isTrue();
    return Optional.empty();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
