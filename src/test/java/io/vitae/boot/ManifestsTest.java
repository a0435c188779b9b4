package io.vitae.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.CrossVersionObjectReference;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpec;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.vitae.testing.Manifests;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code k8s/} says what the application's own configuration says. */
class ManifestsTest {
  private static final List<HasMetadata> ALL = Manifests.in(Manifests.ROOT);
  private static final List<HasMetadata> BASE = Manifests.in(Manifests.ROOT.resolve("base"));
  private static final Deployment SERVICE = Manifests.only(BASE, Deployment.class);
  private static final Job MIGRATION = Manifests.only(BASE, Job.class);

  @Test
  void aFieldThatDoesNotExistIsNoticed() {
    assertThatThrownBy(
            () ->
                Manifests.parse(
                    """
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata:
                      name: x
                    spec:
                      template:
                        spec:
                          containers:
                            - name: x
                              readynessProbe: {}
                    """))
        .hasMessageContaining("Deployment.spec.template.spec.containers[0].readynessProbe");
  }

  @Test
  void portsAndProbesAreThoseOfTheApplication() throws IOException {
    Properties application = application();
    Container container = container(SERVICE.getSpec().getTemplate().getSpec());
    assertThat(container.getPorts())
        .extracting(port -> port.getName() + " " + port.getContainerPort())
        .containsExactly(
            "http " + application.getProperty("quarkus.http.port"),
            "management " + application.getProperty("quarkus.management.port"));
    for (Probe probe :
        List.of(
            container.getStartupProbe(),
            container.getLivenessProbe(),
            container.getReadinessProbe())) {
      assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("management");
    }
    assertThat(container.getStartupProbe().getHttpGet().getPath()).isEqualTo("/q/health/live");
    assertThat(container.getLivenessProbe().getHttpGet().getPath()).isEqualTo("/q/health/live");
    assertThat(container.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/q/health/ready");
    assertThat(Manifests.only(ALL, ServiceMonitor.class).getSpec().getEndpoints().get(0).getPath())
        .isEqualTo(application.getProperty("quarkus.micrometer.export.prometheus.path"));
  }

  @Test
  void aProbeWaitsLongerThanTheAnswerMayTake() {
    assertThat(
            container(SERVICE.getSpec().getTemplate().getSpec())
                .getReadinessProbe()
                .getTimeoutSeconds())
        .isGreaterThan(2);
  }

  @Test
  void everyVariableIsAKeyOfTheReadme() throws IOException {
    Set<String> documented =
        Pattern.compile("`((?:quarkus|vitae)\\.[a-z0-9.-]+)`(, `\\.([a-z]+)`)?")
            .matcher(Files.readString(Path.of("README.md")))
            .results()
            .flatMap(ManifestsTest::names)
            .map(key -> key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"))
            .collect(Collectors.toSet());
    Stream<String> env =
        pods()
            .flatMap(pod -> pod.getContainers().stream())
            .flatMap(container -> container.getEnv().stream())
            .map(variable -> variable.getName())
            .filter(name -> name.startsWith("QUARKUS_"));
    Stream<String> configured =
        Files.readAllLines(Manifests.ROOT.resolve("base/vitae.env")).stream()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.substring(0, line.indexOf('=')));

    assertThat(Stream.concat(env, configured).toList())
        .hasSizeGreaterThan(5)
        .isSubsetOf(documented);

    documented.addAll(variables(Path.of("docs/threat-model.md")));
    try (Stream<Path> overlays = Files.list(Manifests.ROOT.resolve("overlays"))) {
      assertThat(overlays)
          .hasSize(3)
          .flatMap(overlay -> variables(overlay.resolve("kustomization.yaml")))
          .hasSizeGreaterThan(5)
          .isSubsetOf(documented);
    }
  }

  private static List<String> variables(Path file) {
    return Pattern.compile("\\bQUARKUS_[A-Z0-9_]+")
        .matcher(text(file))
        .results()
        .map(MatchResult::group)
        .toList();
  }

  /** {@code sslmode} in the URL of the reactive client takes more settings, or it fails. */
  @Test
  void productionChecksWhoseDatabaseItIs() {
    String production = text(Manifests.ROOT.resolve("overlays/production/kustomization.yaml"));
    assertThat(production)
        .contains("- QUARKUS_DATASOURCE_REACTIVE_POSTGRESQL_SSL_MODE=verify-full\n")
        .containsPattern("value: jdbc:postgresql://\\S+\\?sslmode=verify-full&sslrootcert=/")
        .doesNotContainPattern("REACTIVE_URL=\\S+sslmode");
    String certificate = production.replaceAll("(?s).*sslrootcert=(\\S+).*", "$1");
    assertThat(production)
        .contains("TRUST_CERTIFICATE_PEM_CERTS=" + certificate + "\n")
        .contains("mountPath: " + certificate.substring(0, certificate.lastIndexOf('/')) + "\n");
  }

  /** Argo CD waits for hooks of an earlier phase before it applies what they use. */
  @Test
  void aJobIsAppliedWithWhatItUses() {
    assertThat(ALL)
        .filteredOn(Job.class::isInstance)
        .hasSize(2)
        .allSatisfy(
            job ->
                assertThat(job.getMetadata().getAnnotations())
                    .containsEntry("argocd.argoproj.io/hook", "Sync")
                    .containsEntry("argocd.argoproj.io/hook-delete-policy", "BeforeHookCreation"));
  }

  @Test
  void aPodIsGivenTheTimeThatItMayTakeToStop() throws IOException {
    Properties environment = load(Manifests.ROOT.resolve("base/vitae.env"));
    Duration stops =
        Stream.of("QUARKUS_SHUTDOWN_DELAY", "QUARKUS_SHUTDOWN_TIMEOUT")
            .map(name -> Duration.parse("PT" + environment.getProperty(name)))
            .reduce(Duration.ZERO, Duration::plus);
    assertThat(SERVICE.getSpec().getTemplate().getSpec().getTerminationGracePeriodSeconds())
        .isGreaterThan(stops.toSeconds());
    assertThat(load(Path.of("src/main/resources/application.properties")))
        .as("without it the delay is ignored")
        .containsEntry("quarkus.shutdown.delay-enabled", "true");
  }

  @Test
  void everyPodIsRestricted() {
    assertThat(pods()).hasSize(4).allSatisfy(ManifestsTest::assertRestricted);
  }

  private static void assertRestricted(PodSpec pod) {
    assertThat(pod.getAutomountServiceAccountToken()).isFalse();
    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod.getSecurityContext().getRunAsUser()).isPositive();
    assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    for (Container container : pod.getContainers()) {
      assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
      assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
      assertThat(container.getResources().getLimits()).containsKey("memory");
    }
  }

  @Test
  void oursCannotWriteAndRunAsTheUserOfTheImage() throws IOException {
    for (PodSpec pod :
        List.of(
            SERVICE.getSpec().getTemplate().getSpec(),
            MIGRATION.getSpec().getTemplate().getSpec())) {
      assertThat(container(pod).getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
      for (String image : List.of("jvm", "native", "native-binary")) {
        assertThat(Files.readString(Path.of("docker/Dockerfile." + image)))
            .contains("USER " + pod.getSecurityContext().getRunAsUser() + ":");
      }
    }
    assertThat(pods().filter(pod -> !container(pod).getName().equals("postgres")))
        .hasSize(3)
        .allSatisfy(
            pod ->
                assertThat(container(pod).getSecurityContext().getReadOnlyRootFilesystem())
                    .isTrue());
  }

  @Test
  void theHeapLeavesRoomInTheLimit() throws IOException {
    Quantity limit =
        container(SERVICE.getSpec().getTemplate().getSpec())
            .getResources()
            .getLimits()
            .get("memory");
    long bytes = Quantity.getAmountInBytes(limit).longValueExact();
    assertThat(bytes).isEqualTo(256L << 20);
    String options = Files.readString(Path.of("docker/jvm.options"));
    // The JVM goes by the second where there is as little memory as here.
    assertThat(
            Pattern.compile("(?m)^-XX:(?:Max|Min)RAMPercentage=(\\d+)$").matcher(options).results())
        .hasSize(2)
        .map(share -> Integer.parseInt(share.group(1)))
        .allSatisfy(share -> assertThat(share).isBetween(25, 50));
  }

  @Test
  void aRolloutTakesNothingAwayBeforeItsSuccessorIsReady() {
    var rolling = SERVICE.getSpec().getStrategy().getRollingUpdate();
    assertThat(rolling.getMaxUnavailable().getIntVal()).isZero();
    assertThat(Manifests.only(BASE, HorizontalPodAutoscaler.class).getSpec().getMinReplicas())
        .isGreaterThanOrEqualTo(2);
  }

  @Test
  void whatIsSelectedIsThere() {
    Map<String, String> pod = SERVICE.getSpec().getTemplate().getMetadata().getLabels();
    assertThat(pod).containsAllEntriesOf(SERVICE.getSpec().getSelector().getMatchLabels());
    assertThat(pod)
        .containsAllEntriesOf(
            Manifests.only(BASE, PodDisruptionBudget.class)
                .getSpec()
                .getSelector()
                .getMatchLabels());
    assertThat(Manifests.only(BASE, HorizontalPodAutoscaler.class).getSpec().getScaleTargetRef())
        .extracting(CrossVersionObjectReference::getKind, CrossVersionObjectReference::getName)
        .containsExactly("Deployment", SERVICE.getMetadata().getName());

    Service service = Manifests.only(BASE, Service.class);
    assertThat(pod).containsAllEntriesOf(service.getSpec().getSelector());
    // Kustomize labels each resource of the base with its name.
    Map<String, String> labels = new HashMap<>(service.getMetadata().getLabels());
    labels.put("app.kubernetes.io/name", "vitae");
    ServiceMonitor monitor = Manifests.only(ALL, ServiceMonitor.class);
    assertThat(labels).containsAllEntriesOf(monitor.getSpec().getSelector().getMatchLabels());
    assertThat(monitor.getSpec().getEndpoints().get(0).getPort()).isEqualTo("management");

    assertThat(ALL)
        .filteredOn(Service.class::isInstance)
        .map(Service.class::cast)
        .hasSize(2)
        .allSatisfy(
            each ->
                assertThat(
                        pods()
                            .flatMap(spec -> spec.getContainers().stream())
                            .flatMap(container -> container.getPorts().stream())
                            .map(ContainerPort::getName))
                    .containsAll(
                        each.getSpec().getPorts().stream()
                            .map(port -> port.getTargetPort().getStrVal())
                            .toList()));
  }

  @Test
  void aNodeCanBeDrained() {
    assertThat(
            Manifests.only(BASE, PodDisruptionBudget.class)
                .getSpec()
                .getMaxUnavailable()
                .getIntVal())
        .isPositive();
  }

  @Test
  void everyPodOfOursSpeaksToWhomItMustAndNobodyElse() throws IOException {
    NetworkPolicySpec policy = Manifests.only(ALL, NetworkPolicy.class).getSpec();
    assertThat(policy.getPolicyTypes()).containsExactlyInAnyOrder("Ingress", "Egress");
    assertThat(
            Stream.concat(
                Stream.of(SERVICE.getSpec().getTemplate()),
                ALL.stream()
                    .filter(Job.class::isInstance)
                    .map(job -> ((Job) job).getSpec().getTemplate())))
        .hasSize(3)
        .allSatisfy(
            pod ->
                assertThat(pod.getMetadata().getLabels())
                    .containsAllEntriesOf(policy.getPodSelector().getMatchLabels()));

    Properties application = application();
    assertThat(policy.getIngress())
        .allSatisfy(rule -> assertThat(rule.getFrom()).hasSize(1))
        .flatExtracting(NetworkPolicyIngressRule::getPorts)
        .extracting(port -> port.getPort().getIntVal().toString())
        .containsExactly(
            application.getProperty("quarkus.http.port"),
            application.getProperty("quarkus.management.port"));
    assertThat(policy.getEgress())
        .allSatisfy(rule -> assertThat(rule.getTo()).hasSize(1))
        .flatExtracting(NetworkPolicyEgressRule::getPorts)
        .extracting(port -> port.getPort().getIntVal())
        .containsExactly(5432, 53, 53);
  }

  @Test
  void onlyTheMigrationKnowsTheOwnerOfTheTables() {
    assertThat(secrets(SERVICE.getSpec().getTemplate().getSpec())).containsOnly("vitae-database");
    assertThat(secrets(MIGRATION.getSpec().getTemplate().getSpec()))
        .containsOnly("vitae-migration");
    assertThat(container(MIGRATION.getSpec().getTemplate().getSpec()).getArgs())
        .satisfies(
            arguments ->
                assertThat(Migration.isAskedFor(arguments.toArray(String[]::new))).isTrue());
  }

  @Test
  void noSecretIsWrittenDown() {
    assertThat(ALL).doesNotHaveAnyElementsOfTypes(Secret.class);
  }

  @Test
  void everyAlertHasItsParagraph() throws IOException {
    String runbook = Files.readString(Path.of("docs/runbook.md"));
    Manifests.only(ALL, PrometheusRule.class).getSpec().getGroups().stream()
        .flatMap(group -> group.getRules().stream())
        .forEach(
            rule -> {
              assertThat(runbook).contains("\n## " + rule.getAlert() + "\n");
              assertThat(rule.getAnnotations().get("runbook_url"))
                  .isEqualTo("docs/runbook.md#" + rule.getAlert().toLowerCase(Locale.ROOT));
            });
  }

  private static Stream<PodSpec> pods() {
    return ALL.stream()
        .flatMap(
            resource -> {
              if (resource instanceof Deployment deployment) {
                return Stream.of(deployment.getSpec().getTemplate().getSpec());
              }
              return resource instanceof Job job
                  ? Stream.of(job.getSpec().getTemplate().getSpec())
                  : Stream.empty();
            });
  }

  private static Set<String> secrets(PodSpec pod) {
    return container(pod).getEnv().stream()
        .filter(variable -> variable.getValueFrom() != null)
        .map(variable -> variable.getValueFrom().getSecretKeyRef().getName())
        .collect(Collectors.toSet());
  }

  /** A row of the table may name two keys: {@code `a.b`, `.c`}. */
  private static Stream<String> names(MatchResult row) {
    String key = row.group(1);
    return row.group(3) == null
        ? Stream.of(key)
        : Stream.of(key, key.substring(0, key.lastIndexOf('.') + 1) + row.group(3));
  }

  private static Container container(PodSpec pod) {
    assertThat(pod.getContainers()).hasSize(1);
    return pod.getContainers().get(0);
  }

  private static Properties application() throws IOException {
    return load(Path.of("src/main/resources/application.properties"));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Properties load(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    return properties;
  }
}
