package io.vitae.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/** The versions of everything that a result depends on. */
final class Versions {
  private Versions() {}

  static Map<String, String> of(Settings settings, Tools tools, Jvm jvm) {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("PostgreSQL", first(tools.postgres().resolve("postgres") + "", "--version"));
    versions.put("JDK", first(jvm.java(), "--version"));
    versions.put("JVM flags", String.join(" ", Jvm.IMAGE_FLAGS));
    versions.put("cache of classes under load", settings.aot() ? "yes" : "no");
    versions.put("wrk", wrk(tools));
    if (settings.peer()) {
      versions.put("Node.js", first(tools.node().toString(), "--version"));
    }
    versions.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
    return versions;
  }

  private static String first(String... command) {
    return Commands.run(command).lines().findFirst().orElse("?");
  }

  /** wrk has no way to ask for its version that does not fail. */
  private static String wrk(Tools tools) {
    return first("sh", "-c", tools.wrk() + " --version || true").replaceAll(" Copyright.*", "");
  }
}
