package io.vitae.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Starts the two servers that are compared. */
final class Servers {
  /** What the image has, for a pod of 256 MiB; some of it an older JVM does not know. */
  static final List<String> JVM_FLAGS =
      List.of("-XX:+IgnoreUnrecognizedVMOptions", "-XX:MaxRAM=256m", "@docker/jvm.options");

  private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
  private static final Path PEER_SOURCE = Path.of("src", "bench", "peer");
  private static final Pattern SERVICE_LISTENING =
      Pattern.compile("Listening on: (http://[0-9.:]+)\\.");
  private static final Pattern PEER_LISTENING =
      Pattern.compile("Listening on: (http://[0-9.]+:[0-9]+)\n");
  private static final Duration INSTALL_LIMIT = Duration.ofMinutes(5);

  private final BenchPostgres postgres;
  private final Path directory;

  /**
   * @param directory for logs, and for what the peer depends on
   */
  Servers(BenchPostgres postgres, Path directory) {
    this.postgres = postgres;
    this.directory = directory;
  }

  /** The packaged service in production mode. */
  ServerProcess service(String javaHome) {
    List<String> command = new ArrayList<>(List.of(javaHome + "/bin/java"));
    command.addAll(JVM_FLAGS);
    command.addAll(List.of("-jar", JAR.toString()));
    Map<String, String> environment =
        Map.of(
            "QUARKUS_HTTP_HOST", "127.0.0.1",
            "QUARKUS_HTTP_PORT", "0",
            "QUARKUS_MANAGEMENT_HOST", "127.0.0.1",
            "QUARKUS_MANAGEMENT_PORT", "0",
            "QUARKUS_DATASOURCE_REACTIVE_URL",
                "postgresql://127.0.0.1:" + postgres.port() + "/" + BenchPostgres.DATABASE,
            "QUARKUS_DATASOURCE_USERNAME", BenchPostgres.USER,
            "QUARKUS_DATASOURCE_PASSWORD", postgres.password());
    return ServerProcess.start(
        command, environment, directory.resolve("service.log"), SERVICE_LISTENING);
  }

  /** The Node service, its dependencies installed as its lock file says. */
  ServerProcess peer(Tools tools) {
    Path home = directory.resolve("peer");
    Commands.run("rm", "-rf", home.toString());
    Commands.run("cp", "-r", PEER_SOURCE.toString(), home.toString());
    Commands.run(
        home,
        INSTALL_LIMIT,
        Map.of(),
        List.of(tools.npm().toString(), "ci", "--omit=dev", "--no-audit", "--no-fund"));
    return ServerProcess.start(
        List.of(tools.node().toString(), home.resolve("server.js").toString()),
        Map.of(
            "NODE_ENV",
            "production",
            "PGHOST",
            "127.0.0.1",
            "PGPORT",
            Integer.toString(postgres.port()),
            "PGDATABASE",
            BenchPostgres.DATABASE,
            "PGUSER",
            BenchPostgres.USER,
            "PGPASSWORD",
            postgres.password()),
        directory.resolve("peer.log"),
        PEER_LISTENING);
  }
}
