package io.vitae.access;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vitae.database.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** API keys in PostgreSQL. */
@ApplicationScoped
class ApiKeyStore {
  private static final String FIND =
      """
      SELECT workspace_id, permission
        FROM api_key
       WHERE secret_sha256 = $1 AND revoked_at IS NULL
      """;

  private static final String INSERT_IF_ABSENT =
      """
      INSERT INTO api_key (secret_sha256, workspace_id, permission)
      VALUES ($1, $2, $3)
      ON CONFLICT (secret_sha256) DO NOTHING
      """;

  private static final String OWNER = "SELECT workspace_id FROM api_key WHERE secret_sha256 = $1";

  private final Database database;

  ApiKeyStore(Database database) {
    this.database = database;
  }

  Uni<Optional<ApiKeys.Grant>> find(byte[] digest) {
    return database
        .execute("find_api_key", FIND, Tuple.of(Buffer.buffer(digest)))
        .map(
            rows -> {
              for (Row row : rows) {
                return Optional.of(
                    new ApiKeys.Grant(
                        row.getLong("workspace_id"),
                        Permission.ofWireName(row.getString("permission"))));
              }
              return Optional.empty();
            });
  }

  Uni<Boolean> insertIfAbsent(long workspaceId, byte[] digest, Permission permission) {
    Buffer key = Buffer.buffer(digest);
    return database
        .execute(
            "insert_api_key", INSERT_IF_ABSENT, Tuple.of(key, workspaceId, permission.wireName()))
        .map(rows -> rows.rowCount() == 1)
        .call(added -> added ? Uni.createFrom().voidItem() : requireOwner(workspaceId, key));
  }

  private Uni<Void> requireOwner(long workspaceId, Buffer key) {
    return database
        .execute("find_api_key_owner", OWNER, Tuple.of(key))
        .invoke(
            rows -> {
              if (rows.iterator().next().getLong("workspace_id") != workspaceId) {
                throw new IllegalStateException("An API key belongs to another workspace already");
              }
            })
        .replaceWithVoid();
  }
}
