package io.vitae.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresArchiveTest {

  private static final byte[] ARCHIVE =
      new TarFixture().file("bin/postgres", 0755, "server").file("share/sample", 0644, "text").xz();

  @TempDir Path temporary;

  @Test
  void isReadableForAllAndWritableForTheOwnerOnly() throws IOException {
    Path home = PostgresArchive.unpacked(ARCHIVE, temporary);

    assertThat(permissions(home)).isEqualTo("rwxr-xr-x");
    assertThat(permissions(home.resolve("bin"))).isEqualTo("rwxr-xr-x");
    assertThat(permissions(home.resolve("bin/postgres"))).isEqualTo("rwxr-xr-x");
    assertThat(permissions(home.resolve("share/sample"))).isEqualTo("rw-r--r--");
  }

  @Test
  void isUnpackedOncePerArchive() throws IOException {
    Path first = PostgresArchive.unpacked(ARCHIVE, temporary);
    Path again = PostgresArchive.unpacked(ARCHIVE, temporary);
    Path other =
        PostgresArchive.unpacked(
            new TarFixture().file("bin/postgres", 0755, "newer").xz(), temporary);

    assertThat(again).isEqualTo(first);
    assertThat(other).isNotEqualTo(first);
    assertThat(children()).containsExactlyInAnyOrder(first, other);
  }

  @Test
  void isCompleteForEveryoneWhenManyUnpackAtOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      Callable<Path> unpack = () -> PostgresArchive.unpacked(ARCHIVE, temporary);
      for (Future<Path> home : threads.invokeAll(Collections.nCopies(32, unpack))) {
        assertThat(home.get().resolve("share/sample")).hasContent("text");
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(children()).hasSize(1);
  }

  @Test
  void isRepairedWhenSomeOfItWasCleanedAway() throws IOException {
    Path home = PostgresArchive.unpacked(ARCHIVE, temporary);
    Files.delete(home.resolve("share/sample"));

    assertThat(PostgresArchive.unpacked(ARCHIVE, temporary)).isEqualTo(home);

    assertThat(home.resolve("share/sample")).hasContent("text");
    assertThat(children()).containsExactly(home);
  }

  @Test
  void isNotTakenFromADirectoryThatOthersCanWrite() throws IOException {
    Path planted = PostgresArchive.unpacked(ARCHIVE, temporary);
    Files.setPosixFilePermissions(planted, PosixFilePermissions.fromString("rwxrwxrwx"));
    Files.writeString(planted.resolve("bin/postgres"), "evil");

    Path home = PostgresArchive.unpacked(ARCHIVE, temporary);

    assertThat(home).isNotEqualTo(planted);
    assertThat(home.resolve("bin/postgres")).hasContent("server");
  }

  @Test
  void isNotTakenThroughALink() throws IOException {
    Path elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
    Path planted = PostgresArchive.unpacked(ARCHIVE, elsewhere);
    Path link = Files.createSymbolicLink(temporary.resolve(planted.getFileName()), planted);

    assertThat(PostgresArchive.unpacked(ARCHIVE, temporary)).isNotEqualTo(link);
  }

  @Test
  void leavesNothingBehindWhenTheArchiveIsBroken() throws IOException {
    byte[] escaping = new TarFixture().file("../evil", 0644, "evil").xz();

    assertThatThrownBy(() -> PostgresArchive.unpacked(escaping, temporary))
        .isInstanceOf(IOException.class);

    assertThat(children()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, linux/x86_64",
    "Linux, aarch64, linux/arm_64",
    "Mac OS X, x86_64, darwin/x86_64",
    "Mac OS X, aarch64, darwin/arm_64",
    "Linux, ppc64le, linux/ppc64le"
  })
  void speaksOfPlatformsAsTheArchivesDo(String osName, String osArch, String platform) {
    assertThat(PostgresArchive.platform(osName, osArch)).isEqualTo(platform);
  }

  @Test
  void refusesWindowsInSoManyWords() {
    assertThatThrownBy(() -> PostgresArchive.platform("Windows 11", "amd64"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("not on Windows")
        .hasMessageContaining("quarkus.datasource.reactive.url");
  }

  private List<Path> children() throws IOException {
    try (Stream<Path> files = Files.list(temporary)) {
      return files.toList();
    }
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
