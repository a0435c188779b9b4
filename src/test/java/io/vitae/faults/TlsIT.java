package io.vitae.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitae.boot.DurablePostgres;
import io.vitae.testing.Eventually;
import io.vitae.testing.PackagedApp;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Encrypted connections to a database whose certificate is checked: {@code sslmode=verify-full}, as
 * docs/threat-model.md shows it.
 */
@Timeout(180)
class TlsIT {
  private static final String PASSWORD = "changeit";

  @TempDir static Path directory;

  private static DurablePostgres database;
  private static Path otherAuthority;
  private static Path authority;

  @BeforeAll
  static void start() throws Exception {
    Fault.onlyInTheSuite();
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    authority = certificate("server", "dns:localhost");
    otherAuthority = certificate("other", "dns:localhost");
    database =
        DurablePostgres.createIn(
            Path.of(System.getProperty("java.io.tmpdir")),
            List.of(authority, directory.resolve("server.key")),
            "ssl=on",
            "ssl_cert_file=server.crt",
            "ssl_key_file=server.key");
    try (PackagedApp app = PackagedApp.start(migrating("localhost", authority))) {
      app.awaitReady();
    }
  }

  @AfterAll
  static void stop() {
    if (database != null) {
      database.close();
    }
  }

  @Test
  void everyConnectionIsEncrypted() throws Exception {
    try (PackagedApp app = PackagedApp.start(checking("localhost", authority)).awaitReady();
        Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet plain =
            statement.executeQuery(
                "SELECT count(*) FILTER (WHERE s.ssl), count(*) FILTER (WHERE NOT s.ssl)"
                    + " FROM pg_stat_ssl s JOIN pg_stat_activity a USING (pid)"
                    + " WHERE a.application_name = 'vitae'")) {
      plain.next();
      assertThat(plain.getInt(1)).isPositive();
      assertThat(plain.getInt(2)).isZero();
      assertThat(app.health("live")).isEqualTo(200);
    }
  }

  @Test
  void aServerThatNobodyVouchesForIsRefused() throws Exception {
    isNeverReady(checking("localhost", otherAuthority));
  }

  /** The certificate is good, but of another host. */
  @Test
  void aServerWithAnotherNameIsRefused() throws Exception {
    isNeverReady(checking("127.0.0.1", authority));
  }

  private static void isNeverReady(Map<String, String> environment) throws Exception {
    try (PackagedApp app = PackagedApp.start(environment).awaitListening()) {
      Eventually.await(
          "it has tried twice", () -> app.output().split("Bootstrap has to wait", -1).length > 2);
      assertThat(app.health("ready")).isEqualTo(503);
      assertThat(app.health("started")).isEqualTo(503);
      assertThat(app.output()).doesNotContain(database.password());
    }
  }

  private static Map<String, String> checking(String host, Path trusted) {
    Map<String, String> environment = new HashMap<>();
    environment.put(
        "QUARKUS_DATASOURCE_REACTIVE_URL",
        "postgresql://" + host + ":" + database.port() + "/vitae");
    environment.put("QUARKUS_DATASOURCE_USERNAME", database.username());
    environment.put("QUARKUS_DATASOURCE_PASSWORD", database.password());
    environment.put("QUARKUS_DATASOURCE_REACTIVE_POSTGRESQL_SSL_MODE", "verify-full");
    environment.put("QUARKUS_DATASOURCE_REACTIVE_HOSTNAME_VERIFICATION_ALGORITHM", "HTTPS");
    environment.put("QUARKUS_DATASOURCE_REACTIVE_TRUST_CERTIFICATE_PEM", "true");
    environment.put("QUARKUS_DATASOURCE_REACTIVE_TRUST_CERTIFICATE_PEM_CERTS", trusted.toString());
    return environment;
  }

  private static Map<String, String> migrating(String host, Path trusted) {
    Map<String, String> environment = checking(host, trusted);
    environment.put("QUARKUS_FLYWAY_MIGRATE_AT_START", "true");
    environment.put(
        "QUARKUS_DATASOURCE_JDBC_URL",
        "jdbc:postgresql://%s:%s/vitae?sslmode=verify-full&sslrootcert=%s"
            .formatted(host, database.port(), trusted));
    return environment;
  }

  /** A certificate that signs itself, in {@code name.crt}, and its key in {@code name.key}. */
  private static Path certificate(String name, String subject) throws Exception {
    Path store = directory.resolve(name + ".p12");
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    Process process =
        new ProcessBuilder(
                keytool.toString(),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=Test",
                "-ext",
                "san=" + subject,
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    Key key = keys.getKey(name, PASSWORD.toCharArray());
    Certificate certificate = keys.getCertificate(name);
    pem(directory.resolve(name + ".key"), "PRIVATE KEY", key.getEncoded());
    return pem(directory.resolve(name + ".crt"), "CERTIFICATE", certificate.getEncoded());
  }

  private static Path pem(Path file, String type, byte[] content) throws Exception {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    Files.writeString(
        file, "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(type, text));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    return file;
  }
}
