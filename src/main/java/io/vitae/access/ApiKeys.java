package io.vitae.access;

import io.quarkus.cache.Cache;
import io.quarkus.cache.CacheName;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What each API key is good for. An answer is remembered for at most five seconds, and many
 * requests that miss the same key at once ask the database once.
 */
@ApplicationScoped
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

  Uni<Optional<Grant>> find(ApiKey key) {
    // Looked up by digest: how long it takes tells nothing about the secrets that exist.
    byte[] digest = key.digest();
    return cache.getAsync(HexFormat.of().formatHex(digest), ignored -> store.find(digest));
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
}
