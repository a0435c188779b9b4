package io.vitae.faults;

import io.vitae.boot.DurablePostgres;
import io.vitae.testing.TestWorkspace;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * One more workspace of a site, with a key that may do everything and a source.
 *
 * @param workspace its number in the database
 * @param keyId the number of its key there
 */
record Tenant(long workspace, String key, long keyId, String source) {

  static Tenant in(DurablePostgres database) throws SQLException {
    String name = "tenant-" + TestWorkspace.hex(16);
    String key = "ask_" + TestWorkspace.hex(32);
    String source = TestWorkspace.hex(40);
    try (Connection connection = database.connect()) {
      long workspace =
          insert(connection, "workspace (name, subdomain) VALUES (?, ?) RETURNING id", name, name);
      long keyId =
          insert(
              connection,
              "api_key (secret_sha256, workspace_id, permission) VALUES (?, ?, 'all') RETURNING id",
              sha256(key),
              workspace);
      insert(
          connection,
          "source (workspace_id, key, name) VALUES (?, ?, ?) RETURNING id",
          workspace,
          source,
          name);
      return new Tenant(workspace, key, keyId, source);
    }
  }

  private static long insert(Connection connection, String into, Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("INSERT INTO " + into)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
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
