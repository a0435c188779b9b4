package io.vitae.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarUnpackerTest {

  @TempDir Path temporary;
  private Path directory;

  @BeforeEach
  void makeDirectory() throws IOException {
    directory = Files.createDirectory(temporary.resolve("unpacked"));
  }

  @Test
  void keepsExecutablesAndLinks() throws IOException {
    TarUnpacker.unpack(
        new TarFixture()
            .file("lib/libpq.so.5.17", 0755, "library")
            .symbolicLink("lib/libpq.so.5", "libpq.so.5.17")
            .file("share/notes", 0600, "text")
            .xz(),
        directory);

    assertThat(directory.resolve("lib/libpq.so.5")).isSymbolicLink().hasContent("library");
    assertThat(directory.resolve("lib/libpq.so.5.17")).isExecutable();
    assertThat(Files.getPosixFilePermissions(directory.resolve("share/notes")))
        .isEqualTo(PosixFilePermissions.fromString("rw-r--r--"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../evil", "bin/../../evil", "/evil"})
  void refusesAFileOutside(String name) {
    assertRefused(new TarFixture().file(name, 0644, "evil").xz(), "outside its directory");
    assertThat(temporary.resolve("evil")).doesNotExist();
    assertThat(Path.of("/evil")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "../evil", "/etc/passwd", "below/../../.."})
  void refusesALinkToElsewhere(String target) {
    assertRefused(new TarFixture().symbolicLink("link", target).xz(), "link to elsewhere");
  }

  @Test
  void refusesWhatIsNeitherFileNorDirectoryNorLink() {
    assertRefused(new TarFixture().pipe("pipe").xz(), "unknown kind");
  }

  private void assertRefused(byte[] archive, String message) {
    assertThatThrownBy(() -> TarUnpacker.unpack(archive, directory))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message);
  }
}
