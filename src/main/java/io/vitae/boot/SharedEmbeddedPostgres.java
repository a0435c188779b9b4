package io.vitae.boot;

import java.util.Map;
import java.util.TreeMap;

/**
 * The embedded servers of this JVM, one for each set of active profiles, as datasource
 * configuration.
 *
 * <p>Dev mode reloads the application in the same JVM with new class loaders, so what must be found
 * again is kept in system properties. They do not begin with {@code vitae.}: they would be taken
 * for configuration. Nobody closes these servers but the end of the JVM; until then the JDK itself
 * keeps their processes and pipes open.
 */
final class SharedEmbeddedPostgres implements EmbeddedPostgresConfigSourceFactory.Datasource {

  private static final String PREFIX = "io.vitae.embedded-postgres.";
  private static final String PID = "pid";

  /**
   * Returns the datasource configuration of the server of these profiles, starting it unless it
   * already runs.
   */
  @Override
  public Map<String, String> of(String profiles) {
    synchronized (SharedEmbeddedPostgres.class) {
      String prefix = PREFIX + profiles + ".";
      if (!runs(prefix)) {
        register(EmbeddedPostgres.start(), prefix);
      }
      Map<String, String> properties = new TreeMap<>();
      for (String name : System.getProperties().stringPropertyNames()) {
        if (name.startsWith(prefix + "quarkus.")) {
          properties.put(name.substring(prefix.length()), System.getProperty(name));
        }
      }
      return properties;
    }
  }

  private static boolean runs(String prefix) {
    String pid = System.getProperty(prefix + PID);
    return pid != null
        && ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive).isPresent();
  }

  // The server is meant to stay open.
  @SuppressWarnings("try")
  private static void register(EmbeddedPostgres server, String prefix) {
    System.setProperty(prefix + "quarkus.datasource.reactive.url", server.reactiveUrl());
    System.setProperty(prefix + "quarkus.datasource.jdbc.url", server.jdbcUrl());
    System.setProperty(prefix + "quarkus.datasource.username", server.username());
    System.setProperty(prefix + "quarkus.datasource.password", server.password());
    System.setProperty(prefix + PID, Long.toString(server.watcherPid()));
  }
}
