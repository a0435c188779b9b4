package io.vitae.source;

import io.quarkus.cache.Cache;
import io.quarkus.cache.CacheName;
import io.quarkus.cache.CompositeCacheKey;
import io.smallrye.mutiny.Uni;
import io.vitae.wire.ApiException;
import io.vitae.wire.ErrorCode;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * The sources of every workspace. An answer is remembered for at most five seconds, and many
 * requests that miss the same source at once ask the database once.
 */
@ApplicationScoped
public class Sources {
  /** The longest key a source can have, in characters. */
  public static final int MAX_KEY_LENGTH = 128;

  private final SourceStore store;
  private final Cache cache;

  Sources(SourceStore store, @CacheName("sources") Cache cache) {
    this.store = store;
    this.cache = cache;
  }

  /**
   * The source that a workspace calls {@code key}.
   *
   * @return fails with {@link ErrorCode#UNKNOWN_SOURCE} when the workspace has none, whether or not
   *     another one does
   */
  public Uni<Source> get(long workspaceId, String key) {
    if (key.isEmpty() || key.length() > MAX_KEY_LENGTH || key.indexOf('\0') >= 0) {
      return Uni.createFrom().failure(() -> new ApiException(ErrorCode.UNKNOWN_SOURCE));
    }
    return cache
        .getAsync(new CompositeCacheKey(workspaceId, key), ignored -> store.find(workspaceId, key))
        .map(found -> found.orElseThrow(() -> new ApiException(ErrorCode.UNKNOWN_SOURCE)));
  }

  /**
   * Creates a source unless the workspace has one with that key already, which is then left as it
   * is.
   *
   * @return whether it was created
   */
  public Uni<Boolean> ensure(long workspaceId, String key, String name) {
    return store.insertIfAbsent(workspaceId, key, name);
  }
}
