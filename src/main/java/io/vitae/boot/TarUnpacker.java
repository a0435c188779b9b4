package io.vitae.boot;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.tukaani.xz.XZInputStream;

/**
 * Unpacks a {@code .tar.xz} into a directory and into nothing but it.
 *
 * <p>The only user of Commons Compress and XZ, which the packaged application lacks: nothing must
 * load this class before the embedded server is asked for.
 */
final class TarUnpacker {

  private static final int OWNER_EXECUTE = 0100;
  private static final Set<PosixFilePermission> EXECUTABLE =
      PosixFilePermissions.fromString("rwxr-xr-x");
  private static final Set<PosixFilePermission> READABLE =
      PosixFilePermissions.fromString("rw-r--r--");

  private TarUnpacker() {}

  /**
   * Fills an empty directory with an archive's files, directories and symbolic links. Everybody may
   * read what comes out and only its owner may write; a file that its owner could run, everybody
   * can run.
   *
   * @throws IOException if the archive is damaged, or has an entry that would land outside the
   *     directory, a link to anything but a neighbour, or an entry of another kind
   */
  static void unpack(byte[] archive, Path directory) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        unpack(tar, entry, directory);
      }
    }
    openDirectories(directory);
  }

  private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path directory)
      throws IOException {
    Path target = directory.resolve(entry.getName()).normalize();
    if (!target.startsWith(directory)) {
      throw new IOException("archive entry outside its directory: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, neighbour(entry));
    } else if (isRegularFile(entry)) {
      Files.copy(tar, target);
      boolean executable = (entry.getMode() & OWNER_EXECUTE) != 0;
      Files.setPosixFilePermissions(target, executable ? EXECUTABLE : READABLE);
    } else {
      throw new IOException("archive entry of an unknown kind: " + entry.getName());
    }
  }

  /** Not {@code isFile()}, which answers yes for hard links, pipes and devices too. */
  private static boolean isRegularFile(TarArchiveEntry entry) {
    return entry.getLinkFlag() == TarConstants.LF_NORMAL
        || entry.getLinkFlag() == TarConstants.LF_OLDNORM;
  }

  /**
   * All links of the archives are of the kind {@code libpq.so -> libpq.so.5.17}; those cannot lead
   * outside.
   */
  private static Path neighbour(TarArchiveEntry entry) throws IOException {
    Path link = Path.of(entry.getLinkName());
    if (link.isAbsolute() || link.getNameCount() != 1 || link.startsWith("..")) {
      throw new IOException("archive link to elsewhere: " + entry.getName() + " -> " + link);
    }
    return link;
  }

  /**
   * At the end, for a directory need not have an entry, and the process's umask may have closed it.
   */
  private static void openDirectories(Path directory) throws IOException {
    List<Path> directories;
    try (Stream<Path> files = Files.walk(directory)) {
      directories = files.filter(Files::isDirectory).toList();
    }
    for (Path opened : directories) {
      Files.setPosixFilePermissions(opened, EXECUTABLE);
    }
  }
}
