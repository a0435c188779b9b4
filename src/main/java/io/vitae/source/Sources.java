package io.vitae.source;

import io.quarkus.cache.Cache;
import io.quarkus.cache.CacheName;
import io.quarkus.cache.CompositeCacheKey;
import io.smallrye.mutiny.Uni;
import io.vitae.database.Remembered;
import io.vitae.wire.ApiException;
import io.vitae.wire.ErrorCode;
import io.vitae.wire.FieldError;
import io.vitae.wire.Parameters.Page;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/**
 * The sources of every workspace. An answer is remembered for at most five seconds, and many
 * requests that miss the same source at once ask the database once.
 */
@Singleton
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
    return Remembered.get(cache, cacheKey(workspaceId, key), () -> store.find(workspaceId, key))
        .map(found -> found.orElseThrow(() -> new ApiException(ErrorCode.UNKNOWN_SOURCE)));
  }

  /**
   * Creates a source unless the workspace has one with that key already, which is then left as it
   * is.
   *
   * @return whether it was created
   */
  public Uni<Boolean> ensure(long workspaceId, String key, String name) {
    return store
        .insertIfAbsent(workspaceId, key, SourceSettings.named(name))
        .map(Optional::isPresent);
  }

  Uni<SourceStore.Listed> list(
      long workspaceId, Optional<String> name, boolean ascending, Page page) {
    return store.list(workspaceId, name, ascending, page);
  }

  Uni<Source> create(long workspaceId, String key, SourceSettings settings) {
    return store
        .insertIfAbsent(workspaceId, key, settings)
        .map(created -> created.orElseThrow(Sources::keyTaken))
        .call(() -> forget(workspaceId, key));
  }

  Uni<Source> edit(long workspaceId, String key, SourceSettings settings) {
    return store
        .update(workspaceId, key, settings)
        .map(edited -> edited.orElseThrow(() -> new ApiException(ErrorCode.UNKNOWN_SOURCE)))
        .call(() -> forget(workspaceId, key));
  }

  private Uni<Void> forget(long workspaceId, String key) {
    return cache.invalidate(cacheKey(workspaceId, key));
  }

  private static CompositeCacheKey cacheKey(long workspaceId, String key) {
    return new CompositeCacheKey(workspaceId, key);
  }

  private static ApiException keyTaken() {
    return new ApiException(
        ErrorCode.INVALID_SOURCE,
        List.of(new FieldError("/key", "key_taken", "belongs to another source already")));
  }
}
