package io.vitae.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.vitae.testing.Manifests;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Kustomize makes of the overlays and their patches. Takes kubectl. */
@Tag("container")
@Timeout(60)
class OverlaysIT {
  /** A field that does not exist fails, also one that a patch brought. */
  @ParameterizedTest
  @ValueSource(strings = {"local", "production", "citus"})
  void everyFieldExistsAndWhatIsMountedIsThere(String overlay) throws Exception {
    List<HasMetadata> resources = Manifests.render(overlay);

    assertThat(resources).allSatisfy(this::isInTheNamespace);
    Set<String> configurations = names(resources, ConfigMap.class);
    for (PodSpec pod : pods(resources)) {
      assertThat(pod.getVolumes())
          .filteredOn(volume -> volume.getConfigMap() != null)
          .allSatisfy(
              volume -> assertThat(configurations).contains(volume.getConfigMap().getName()));
      assertThat(pod.getContainers())
          .flatExtracting(container -> container.getEnvFrom())
          .filteredOn(source -> source.getConfigMapRef() != null)
          .allSatisfy(
              source -> assertThat(configurations).contains(source.getConfigMapRef().getName()));
      assertThat(pod.getContainers())
          .flatExtracting(container -> container.getVolumeMounts())
          .allSatisfy(
              mount ->
                  assertThat(pod.getVolumes())
                      .anyMatch(volume -> volume.getName().equals(mount.getName())));
    }
  }

  private void isInTheNamespace(HasMetadata resource) {
    assertThat(
            resource.getKind().equals("Namespace")
                ? resource.getMetadata().getName()
                : resource.getMetadata().getNamespace())
        .isEqualTo("vitae");
  }

  private static Set<String> names(List<HasMetadata> resources, Class<?> type) {
    return resources.stream()
        .filter(type::isInstance)
        .map(resource -> resource.getMetadata().getName())
        .collect(Collectors.toSet());
  }

  private static List<PodSpec> pods(List<HasMetadata> resources) {
    List<PodSpec> pods = new ArrayList<>();
    for (HasMetadata resource : resources) {
      if (resource instanceof Deployment deployment) {
        pods.add(deployment.getSpec().getTemplate().getSpec());
      } else if (resource instanceof Job job) {
        pods.add(job.getSpec().getTemplate().getSpec());
      }
    }
    assertThat(pods).hasSizeGreaterThan(1);
    return pods;
  }
}
