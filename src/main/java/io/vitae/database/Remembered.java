package io.vitae.database;

import io.quarkus.cache.Cache;
import io.quarkus.cache.CaffeineCache;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Answers of the database that are remembered for a while. What is known already is had without the
 * detour of {@link Cache#getAsync} through a future that carries the request's contexts along.
 */
public final class Remembered {
  private Remembered() {}

  /**
   * The remembered value; requests that miss the same key at once load it once.
   *
   * @param load never gives null; a failure is not remembered
   */
  public static <T> Uni<T> get(Cache cache, Object key, Supplier<Uni<T>> load) {
    Optional<T> known = known(cache, key);
    return known.isPresent()
        ? Uni.createFrom().item(known.get())
        : uncancellable(cache.getAsync(key, ignored -> load.get()));
  }

  /** The value, if it is remembered and not still being loaded. */
  public static <T> Optional<T> known(Cache cache, Object key) {
    CompletableFuture<T> known = cache.as(CaffeineCache.class).getIfPresent(key);
    return known != null && known.isDone() && !known.isCompletedExceptionally()
        ? Optional.ofNullable(known.getNow(null))
        : Optional.empty();
  }

  /**
   * A caller that goes away would cancel the future that all who wait for the same key share, and
   * they would fail with it.
   */
  private static <T> Uni<T> uncancellable(Uni<T> shared) {
    return Uni.createFrom()
        .emitter(emitter -> shared.subscribe().with(emitter::complete, emitter::fail));
  }
}
