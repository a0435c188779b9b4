package io.vitae.access;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vitae.database.Database;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** API keys in PostgreSQL. */
@Singleton
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

  private static final String ENTRY = "id, name, permission, created_at, revoked_at";

  private static final String INSERT =
      """
      INSERT INTO api_key (secret_sha256, workspace_id, permission, name)
      VALUES ($1, $2, $3, $4)
      RETURNING\s"""
          + ENTRY;

  private static final String LIST =
      "SELECT " + ENTRY + " FROM api_key WHERE workspace_id = $1 ORDER BY id LIMIT 1000";

  /** Revoking twice keeps the first time. */
  private static final String REVOKE =
      """
      UPDATE api_key
         SET revoked_at = coalesce(revoked_at, now())
       WHERE workspace_id = $1 AND id = $2
      RETURNING secret_sha256,\s"""
          + ENTRY;

  private final Database database;

  ApiKeyStore(Database database) {
    this.database = database;
  }

  Uni<Optional<ApiKeys.Grant>> find(byte[] digest) {
    return database
        .execute("find_api_key", FIND, Tuple.of(Buffer.buffer(digest)))
        .map(
            rows ->
                Database.stream(rows)
                    .findFirst()
                    .map(
                        row ->
                            new ApiKeys.Grant(
                                row.getLong("workspace_id"),
                                Permission.ofWireName(row.getString("permission")))));
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

  Uni<ApiKeys.Entry> insert(
      long workspaceId, byte[] digest, Permission permission, Optional<String> name) {
    Tuple parameters =
        Tuple.of(Buffer.buffer(digest), workspaceId, permission.wireName(), name.orElse(null));
    return database
        .execute("insert_api_key", INSERT, parameters)
        .map(rows -> toEntry(rows.iterator().next()));
  }

  Uni<List<ApiKeys.Entry>> list(long workspaceId) {
    return database
        .executeIn(workspaceId, "list_api_keys", LIST, Tuple.of(workspaceId))
        .map(rows -> Database.stream(rows).map(ApiKeyStore::toEntry).toList());
  }

  /** A key that is revoked now, with what it is cached under. */
  record Revoked(ApiKeys.Entry entry, Buffer digest) {}

  Uni<Optional<Revoked>> revoke(long workspaceId, long id) {
    return database
        .executeIn(workspaceId, "revoke_api_key", REVOKE, Tuple.of(workspaceId, id))
        .map(
            rows ->
                Database.stream(rows)
                    .findFirst()
                    .map(
                        row ->
                            new Revoked(
                                toEntry(row), row.getBuffer("secret_sha256").getDelegate())));
  }

  private static ApiKeys.Entry toEntry(Row row) {
    return new ApiKeys.Entry(
        row.getLong("id"),
        Optional.ofNullable(row.getString("name")),
        Permission.ofWireName(row.getString("permission")),
        row.getOffsetDateTime("created_at"),
        Optional.ofNullable(row.getOffsetDateTime("revoked_at")));
  }
}
