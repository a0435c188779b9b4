package io.vitae.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Starts the two servers that are compared. */
final class Servers {
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

  /**
   * The packaged service in production mode.
   *
   * @param name of its log
   * @param command runs it
   * @param changes to its environment
   */
  ServerProcess service(String name, List<String> command, Map<String, String> changes) {
    Map<String, String> environment = environment(0);
    environment.putAll(changes);
    return ServerProcess.start(
        command, environment, directory.resolve(name + ".log"), SERVICE_LISTENING);
  }

  /** A server that needs no database and says where it listens as the service does. */
  ServerProcess plain(String name, List<String> command) {
    return ServerProcess.start(
        command, Map.of(), directory.resolve(name + ".log"), SERVICE_LISTENING);
  }

  /**
   * The environment of the service.
   *
   * @param management the port of health and metrics; 0 for any
   */
  Map<String, String> environment(int management) {
    Map<String, String> environment = new HashMap<>();
    environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
    environment.put("QUARKUS_HTTP_PORT", "0");
    environment.put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
    environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(management));
    environment.put(
        "QUARKUS_DATASOURCE_REACTIVE_URL",
        "postgresql://127.0.0.1:" + postgres.port() + "/" + BenchPostgres.DATABASE);
    environment.put("QUARKUS_DATASOURCE_USERNAME", BenchPostgres.USER);
    environment.put("QUARKUS_DATASOURCE_PASSWORD", postgres.password());
    return environment;
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
