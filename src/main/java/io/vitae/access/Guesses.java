package io.vitae.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.netty.util.NetUtil;
import io.smallrye.mutiny.Uni;
import io.vitae.wire.ApiException;
import io.vitae.wire.ErrorCode;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Bounds how many keys can be guessed, by one address and for one beginning of a key (adr/0020).
 *
 * <p>A key that was good here within the last hour is no guess, whoever else guesses from the same
 * address; nor is one that was presented before in the same window: a client with a revoked key
 * that keeps trying shuts nobody out. All of it is bounded in memory, and each instance counts for
 * itself.
 */
@Singleton
class Guesses {
  /** Of each kind; about two megabytes when full. */
  private static final int REMEMBERED = 10_000;

  private static final Duration GOOD_FOR = Duration.ofHours(1);

  /** IPv6 hands whole networks of this many bytes to one subscriber. */
  private static final int IPV6_NETWORK_BYTES = 8;

  private final AccessConfig config;
  private final Cache<String, AtomicInteger> byAddress;
  private final Cache<String, AtomicInteger> byPrefix;
  private final Cache<String, Boolean> good;
  private final Cache<String, Guess> asked;

  @Inject
  Guesses(AccessConfig config) {
    this(config, Ticker.systemTicker());
  }

  Guesses(AccessConfig config, Ticker clock) {
    this.config = config;
    // A counter is written once, when it is made: so its window ends whatever comes in between.
    byAddress = cache(config.guessWindow(), clock);
    byPrefix = cache(config.guessWindow(), clock);
    good = cache(GOOD_FOR, clock);
    asked = cache(config.guessWindow(), clock);
  }

  /**
   * Looks a key up unless its sender has guessed too much.
   *
   * @param address whose guess it is; may be null when the connection is gone already
   * @param lookup what the key is good for
   * @return as the lookup; fails with {@link ErrorCode#TOO_MANY_REQUESTS} when it may not be asked
   */
  <T> Uni<Optional<T>> bounded(String address, ApiKey key, Supplier<Uni<Optional<T>>> lookup) {
    String digest = key.digestHex();
    if (good.getIfPresent(digest) != null) {
      return lookup.get();
    }
    // Counted before it is known to be wrong: many keys at once are no way around the bound. Many
    // requests with one key are one guess, or the first burst with a good key would be refused.
    Guess guess = asked.get(digest, ignored -> count(address, key));
    if (!guess.admitted()) {
      asked.invalidate(digest);
      return Uni.createFrom()
          .failure(new ApiException(ErrorCode.TOO_MANY_REQUESTS, config.guessWindow()));
    }
    return lookup
        .get()
        .onItemOrFailure()
        .invoke(
            (found, failure) -> {
              if (failure == null && found.isEmpty()) {
                return;
              }
              guess.takeBack();
              asked.invalidate(digest);
              if (failure == null) {
                good.put(digest, true);
              }
            });
  }

  private Guess count(String address, ApiKey key) {
    AtomicInteger ofAddress = byAddress.get(network(address), ignored -> new AtomicInteger());
    AtomicInteger ofPrefix = byPrefix.get(key.prefix(), ignored -> new AtomicInteger());
    boolean tooMany = ofAddress.incrementAndGet() > config.guesses();
    tooMany |= ofPrefix.incrementAndGet() > config.guessesPerPrefix();
    return new Guess(!tooMany, ofAddress, ofPrefix, new AtomicBoolean());
  }

  /** A key that is not known to be good, and the counters that it was counted in. */
  private record Guess(
      boolean admitted, AtomicInteger ofAddress, AtomicInteger ofPrefix, AtomicBoolean takenBack) {
    /** Says that it was none after all. */
    void takeBack() {
      if (takenBack.compareAndSet(false, true)) {
        ofAddress.decrementAndGet();
        ofPrefix.decrementAndGet();
      }
    }
  }

  /** What one subscriber has: an IPv4 address, or the network of an IPv6 address. */
  static String network(String address) {
    byte[] bytes = address == null ? null : NetUtil.createByteArrayFromIpAddressString(address);
    if (bytes == null) {
      return "unknown";
    }
    return HexFormat.of()
        .formatHex(bytes.length == 4 ? bytes : Arrays.copyOf(bytes, IPV6_NETWORK_BYTES));
  }

  private static <V> Cache<String, V> cache(Duration lifetime, Ticker clock) {
    return Caffeine.newBuilder()
        .maximumSize(REMEMBERED)
        .expireAfterWrite(lifetime)
        .ticker(clock)
        .build();
  }
}
