package io.vitae.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.vitae.testing.Manifests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** {@code docker/compose.yaml} can be read, and says what the files around it say. */
class ComposeTest {
  private static final Path FOLDER = Path.of("docker");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+):([?-])([^}]*)}");

  private static final String TEXT = read(FOLDER.resolve("compose.yaml"));

  /** Refuses a name that stands there twice. */
  private static final Map<String, Object> COMPOSE =
      map(new Load(LoadSettings.builder().build()).loadFromString(TEXT));

  private static final Map<String, Object> SERVICES = map(COMPOSE.get("services"));

  @Test
  void whatAServiceWaitsForIsThere() {
    assertThat(SERVICES.keySet()).hasToString("[postgres, migration, vitae, prometheus, grafana]");
    assertThat(service("migration").get("depends_on"))
        .hasToString("{postgres={condition=service_healthy}}");
    assertThat(service("vitae").get("depends_on"))
        .hasToString("{migration={condition=service_started}}");
  }

  @Test
  void oneServiceBuildsTheImageAndWhatUsesItWaitsForThat() {
    assertThat(SERVICES.values())
        .filteredOn(service -> map(service).containsKey("build"))
        .hasSize(1);
    assertThat(service("migration")).containsKey("build");
    assertThat(service("migration").get("image")).isEqualTo(service("vitae").get("image"));
  }

  @Test
  void theImagesToBuildOnAreThoseOfTheDockerfile() {
    String dockerfile = read(FOLDER.resolve("Dockerfile.jvm"));
    map(map(service("migration").get("build")).get("args"))
        .forEach(
            (name, value) -> {
              MatchResult variable = VARIABLE.matcher((String) value).results().findFirst().get();
              assertThat(variable.group(1)).isEqualTo(name);
              assertThat(dockerfile).contains("ARG " + name + "=" + variable.group(3) + "\n");
            });
  }

  @Test
  void theExampleHasEveryVariable() {
    String example = read(FOLDER.resolve("example.env"));
    Set<String> required =
        VARIABLE
            .matcher(TEXT)
            .results()
            .map(variable -> (variable.group(2).equals("?") ? "" : "#") + variable.group(1))
            .collect(Collectors.toSet());
    assertThat(example.lines().filter(line -> line.matches("#?[A-Z_]+=.*")))
        .map(line -> line.substring(0, line.indexOf('=')))
        .containsExactlyInAnyOrderElementsOf(required);
  }

  @Test
  void whatIsMountedIsThere() {
    List<String> files =
        SERVICES.values().stream()
            .map(ComposeTest::map)
            .filter(service -> service.containsKey("volumes"))
            .flatMap(service -> ((List<?>) service.get("volumes")).stream())
            .map(volume -> ((String) volume).replaceFirst(":.*", ""))
            .filter(source -> source.startsWith("."))
            .toList();
    assertThat(files)
        .hasSize(5)
        .allSatisfy(file -> assertThat(FOLDER.resolve(file)).isRegularFile());
  }

  @Test
  void nothingListensToOtherMachines() {
    assertThat(TEXT.lines().filter(line -> line.matches(" +- [0-9.:]+")))
        .hasSize(3)
        .allMatch(line -> line.contains("- 127.0.0.1:"));
  }

  @Test
  void theServiceIsHeldAsInAPod() {
    PodSpec pod =
        Manifests.only(Manifests.in(Manifests.ROOT.resolve("base")), Deployment.class)
            .getSpec()
            .getTemplate()
            .getSpec();
    Map<String, Object> service = service("vitae");
    assertThat(service.get("read_only")).isEqualTo(true);
    assertThat(service.get("cap_drop")).isEqualTo(List.of("ALL"));
    assertThat(service.get("security_opt")).isEqualTo(List.of("no-new-privileges:true"));
    assertThat(service.get("stop_grace_period"))
        .isEqualTo(pod.getTerminationGracePeriodSeconds() + "s");
    assertThat(service.get("mem_limit") + "i")
        .isEqualToIgnoringCase(
            pod.getContainers().get(0).getResources().getLimits().get("memory").toString());
  }

  private static Map<String, Object> service(String name) {
    return map(SERVICES.get(name));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
