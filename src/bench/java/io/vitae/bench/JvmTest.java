package io.vitae.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JvmTest {
  @Test
  void theVersionIsWhatJavaPrints() {
    assertThat(Jvm.version("openjdk 25.0.3 2026-04-21 LTS\nOpenJDK Runtime …")).isEqualTo(25);
    assertThat(Jvm.version("java 17 2021-09-14 LTS")).isEqualTo(17);
    assertThatThrownBy(() -> Jvm.version("Unrecognized option")).hasMessageContaining("option");
  }

  @Test
  void anOldOneKeepsNoCache() {
    Jvm old = new Jvm("java", 24, Optional.empty());

    assertThat(old.trained(Path.of("nowhere")).cached()).isEmpty();
  }

  @Test
  void aStartWithACacheDiffersFromOneWithoutInTheCacheAlone() {
    Jvm jvm = new Jvm("java", 25, Optional.of(Path.of("vitae.aot")));

    assertThat(jvm.cached().orElseThrow())
        .contains("-XX:AOTCache=vitae.aot", "-XX:AOTMode=on")
        .containsAll(jvm.uncached());
    assertThat(jvm.plain()).noneMatch(option -> option.contains("AOT"));
  }

  @ParameterizedTest
  @CsvSource({
    "io.quarkus.bootstrap.runner.QuarkusEntryPoint, true",
    "io.quarkus.bootstrap.runner.AotQuarkusEntryPoint, false"
  })
  void aFastJarIsToldByItsMainClass(String mainClass, boolean fastJar, @TempDir Path directory)
      throws IOException {
    Path jar = directory.resolve("quarkus-run.jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, mainClass);
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();

    if (fastJar) {
      assertThatCode(() -> Jvm.verifyFastJar(jar)).doesNotThrowAnyException();
    } else {
      assertThatThrownBy(() -> Jvm.verifyFastJar(jar)).hasMessageContaining("no fast-jar");
    }
  }
}
