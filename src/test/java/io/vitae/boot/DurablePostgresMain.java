package io.vitae.boot;

/** A JVM with a durable server, for others to kill: prints the server's directory, and stays. */
final class DurablePostgresMain {

  private DurablePostgresMain() {}

  public static void main(String[] arguments) throws Exception {
    try (DurablePostgres postgres = DurablePostgres.create()) {
      System.out.println(EmbeddedPostgresTest.serverPid(postgres.directory()));
      System.out.println(postgres.directory());
      System.in.transferTo(System.out);
    }
  }
}
