package io.vitae.testing;

import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import io.vitae.boot.EmbeddedPostgres;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/**
 * A tenant that only one test knows: a workspace, its three keys and a source, put straight into
 * the database so that no test depends on another's rows or on a bean of the application.
 */
public final class TestWorkspace {
  /** Kept: to be let in takes longer than all that a workspace is made of. */
  private static Connection kept;

  private final long id;
  private final String allKey = "ask_" + hex(32);
  private final String readKey = "askr_" + hex(32);
  private final String writeKey = "askw_" + hex(32);
  private final String sourceKey;

  private TestWorkspace() {
    String name = "test-" + hex(16);
    id = insert("INSERT INTO workspace (name, subdomain) VALUES (?, ?) RETURNING id", name, name);
    insertKey(allKey, "all");
    insertKey(readKey, "read");
    insertKey(writeKey, "write");
    sourceKey = newSource();
  }

  /**
   * A new workspace; its database must have been migrated, which a running application has done.
   */
  public static TestWorkspace create() {
    return new TestWorkspace();
  }

  /** Another source of this workspace. */
  public String newSource() {
    String key = hex(40);
    insert(
        "INSERT INTO source (workspace_id, key, name) VALUES (?, ?, ?) RETURNING id",
        id,
        key,
        "Test source");
    return key;
  }

  public long id() {
    return id;
  }

  public String sourceKey() {
    return sourceKey;
  }

  public String allKey() {
    return allKey;
  }

  public String readKey() {
    return readKey;
  }

  public String writeKey() {
    return writeKey;
  }

  /** A request with the key that may do everything. */
  public RequestSpecification request() {
    return requestWith(allKey);
  }

  public RequestSpecification requestWith(String key) {
    return RestAssured.given().header("X-API-KEY", key);
  }

  /** A connection as the database's owner. */
  public static Connection connect() throws SQLException {
    EmbeddedPostgres server = PostgresResource.server();
    return DriverManager.getConnection(server.jdbcUrl(), server.username(), server.password());
  }

  /** Whether somebody waits for what this session holds. */
  public static boolean isWaitedFor(Connection holder) {
    try (PreparedStatement statement =
            holder.prepareStatement(
                "SELECT FROM pg_stat_activity WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))");
        ResultSet waiting = statement.executeQuery()) {
      return waiting.next();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Random lower-case hex digits, at most 64. */
  public static String hex(int length) {
    String digits = (UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "");
    return digits.substring(0, length);
  }

  private void insertKey(String secret, String permission) {
    insert(
        "INSERT INTO api_key (secret_sha256, workspace_id, permission) VALUES (?, ?, ?)"
            + " RETURNING workspace_id",
        sha256(secret),
        id,
        permission);
  }

  private static synchronized long insert(String sql, Object... parameters) {
    try (PreparedStatement statement = kept().prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("The test workspace could not be made", e);
    }
  }

  private static Connection kept() throws SQLException {
    if (kept == null) {
      kept = connect();
    }
    return kept;
  }

  private static byte[] sha256(String secret) {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest(secret.getBytes(StandardCharsets.US_ASCII));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
