package io.vitae.access;

import io.quarkus.cache.Cache;
import io.quarkus.cache.CacheName;
import io.smallrye.mutiny.Uni;
import io.vitae.database.Remembered;
import io.vitae.wire.ApiException;
import io.vitae.wire.ErrorCode;
import jakarta.inject.Singleton;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The API keys, and what each is good for. An answer is remembered for at most five seconds, and
 * many requests that miss the same key at once ask the database once.
 */
@Singleton
public class ApiKeys {
  private final ApiKeyStore store;
  private final Cache cache;

  ApiKeys(ApiKeyStore store, @CacheName("api-keys") Cache cache) {
    this.store = store;
    this.cache = cache;
  }

  /**
   * What a key allows.
   *
   * @param workspaceId the tenant it belongs to
   */
  record Grant(long workspaceId, Permission permission) {}

  /** A key as its workspace sees it: everything but the secret. */
  record Entry(
      long id,
      Optional<String> name,
      Permission permission,
      OffsetDateTime createdAt,
      Optional<OffsetDateTime> revokedAt) {}

  /** A key that was just made, with its secret. */
  record Created(Entry key, Optional<String> secret) {
    @Override
    public String toString() {
      return "Created[redacted]";
    }
  }

  Uni<Optional<Grant>> find(ApiKey key) {
    // Looked up by digest: how long it takes tells nothing about the secrets that exist.
    return Remembered.get(cache, key.digestHex(), () -> store.find(key.digest()));
  }

  /** What a key is good for, as far as that can be told without asking the database. */
  Optional<Grant> known(ApiKey key) {
    Optional<Optional<Grant>> known = Remembered.known(cache, key.digestHex());
    return known.flatMap(Function.identity());
  }

  /**
   * Stores a key unless it is there already.
   *
   * @return whether it was new
   * @throws IllegalStateException (as a failure) when another workspace has the same key
   */
  public Uni<Boolean> ensure(long workspaceId, ApiKey key) {
    return store.insertIfAbsent(workspaceId, key.digest(), key.permission());
  }

  Uni<Created> create(long workspaceId, Permission permission, Optional<String> name) {
    ApiKey key = ApiKey.random(permission);
    return store
        .insert(workspaceId, key.digest(), permission, name)
        .map(entry -> new Created(entry, Optional.of(key.secret())));
  }

  Uni<List<Entry>> list(long workspaceId) {
    return store.list(workspaceId);
  }

  Uni<Entry> revoke(long workspaceId, long id) {
    return store
        .revoke(workspaceId, id)
        .map(found -> found.orElseThrow(() -> new ApiException(ErrorCode.UNKNOWN_API_KEY)))
        .call(revoked -> cache.invalidate(HexFormat.of().formatHex(revoked.digest().getBytes())))
        .map(ApiKeyStore.Revoked::entry);
  }
}
