package io.vitae.boot;

import java.io.IOException;

/**
 * A JVM with an embedded server, for others to kill: prints the server's port, process id and
 * directory, and stays.
 */
final class EmbeddedPostgresMain {

  private EmbeddedPostgresMain() {}

  public static void main(String[] arguments) throws IOException {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
      System.out.println(postgres.port());
      System.out.println(EmbeddedPostgresTest.serverPid(postgres.directory()));
      System.out.println(postgres.directory());
      System.in.transferTo(System.out);
    }
  }
}
