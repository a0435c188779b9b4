package io.vitae.boot;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The PostgreSQL binaries of the class path, unpacked once per user and archive below the directory
 * for temporary files, where everybody can read and run them and nobody else can change them.
 */
final class PostgresArchive {

  /** Holds the number of files and directories, its own file included. */
  private static final String COUNT_FILE = "count";

  private static final int DIGEST_CHARACTERS = 16;
  private static final String USE_YOUR_OWN =
      "; set quarkus.datasource.reactive.url to use your own";

  private PostgresArchive() {}

  /**
   * Returns the directory that holds {@code bin/postgres} and what belongs to it, unpacking it when
   * needed.
   *
   * @throws IllegalStateException if the class path has no binaries for this platform
   * @throws UncheckedIOException if they cannot be read or unpacked
   */
  static Path unpacked() {
    String platform = platform(System.getProperty("os.name"), System.getProperty("os.arch"));
    String resource = "/postgres-" + platform.replace('/', '-') + ".txz";
    try (InputStream in = PostgresArchive.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("no embedded PostgreSQL for " + platform + USE_YOUR_OWN);
      }
      return unpacked(in.readAllBytes(), temporaryDirectory());
    } catch (IOException e) {
      throw new UncheckedIOException("the embedded PostgreSQL could not be unpacked", e);
    }
  }

  /** Returns the directory for temporary files. */
  static Path temporaryDirectory() {
    return Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
  }

  /**
   * Returns the platform in the words of the archives: {@code linux/x86_64}, {@code darwin/arm_64}.
   */
  static String platform(String osName, String osArch) {
    String os = osName.toLowerCase(Locale.ROOT);
    if (os.startsWith("windows")) {
      throw new IllegalStateException(
          "the embedded PostgreSQL runs on Linux and macOS, not on Windows" + USE_YOUR_OWN);
    }
    String arch =
        switch (osArch) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "arm_64";
          default -> osArch;
        };
    return (os.startsWith("mac") ? "darwin" : os) + "/" + arch;
  }

  /** The same for a given archive and place. */
  static Path unpacked(byte[] archive, Path temporary) throws IOException {
    String user = System.getProperty("user.name").replaceAll("[^A-Za-z0-9_-]", "_");
    Path shared = temporary.resolve("vitae-postgres-" + user + "-" + digest(archive));
    Path mine = Files.createTempDirectory(temporary, "vitae-postgres-unpack-");
    UserPrincipal me = Files.getOwner(mine);
    if (isOurs(shared, me) && isComplete(shared)) {
      deleteTree(mine);
      return shared;
    }
    try {
      TarUnpacker.unpack(archive, mine);
      Path count = Files.createFile(mine.resolve(COUNT_FILE));
      Files.writeString(count, Long.toString(countFiles(mine)));
      return publish(mine, shared, me);
    } catch (IOException | RuntimeException e) {
      deleteTree(mine);
      throw e;
    }
  }

  /**
   * Gives the complete directory its final name in one step, so that nobody ever sees a half-filled
   * one, whoever else is unpacking at the same time.
   */
  private static Path publish(Path mine, Path shared, UserPrincipal me) throws IOException {
    if (isOurs(shared, me) && !isComplete(shared)) {
      Path stale = mine.resolveSibling(mine.getFileName() + "-stale");
      Files.move(shared, stale, StandardCopyOption.ATOMIC_MOVE);
      deleteTree(stale);
    }
    try {
      Files.move(mine, shared, StandardCopyOption.ATOMIC_MOVE);
      return shared;
    } catch (FileSystemException taken) {
      if (isOurs(shared, me) && isComplete(shared)) {
        deleteTree(mine);
        return shared;
      }
      // Somebody else made a thing of that name, to feed us their binaries or to be in the way:
      // keep to our own copy.
      Runtime.getRuntime().addShutdownHook(new Thread(() -> deleteQuietly(mine)));
      return mine;
    }
  }

  /** Whether only this user can have put anything into the directory. */
  private static boolean isOurs(Path directory, UserPrincipal me) throws IOException {
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    Set<PosixFilePermission> permissions =
        Files.getPosixFilePermissions(directory, LinkOption.NOFOLLOW_LINKS);
    return Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS).equals(me)
        && !permissions.contains(PosixFilePermission.GROUP_WRITE)
        && !permissions.contains(PosixFilePermission.OTHERS_WRITE);
  }

  /**
   * Whether all files are still there: systems clean their temporary directory of files that have
   * gone unused.
   */
  private static boolean isComplete(Path directory) throws IOException {
    Path count = directory.resolve(COUNT_FILE);
    return Files.exists(count)
        && Files.readString(count).equals(Long.toString(countFiles(directory)));
  }

  private static long countFiles(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.count();
    }
  }

  private static String digest(byte[] archive) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(archive);
      return HexFormat.of().formatHex(digest).substring(0, DIGEST_CHARACTERS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static void deleteQuietly(Path directory) {
    try {
      deleteTree(directory);
    } catch (IOException e) {
      // The JVM is ending and the directory is temporary: there is nobody to tell and nothing to
      // do.
    }
  }

  private static void deleteTree(Path directory) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> files = Files.walk(directory)) {
      deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : deepestFirst) {
      Files.deleteIfExists(file);
    }
  }
}
