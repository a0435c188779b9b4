package io.vitae.bench;

import java.util.List;

/**
 * What the benchmark's PostgreSQL is told beside its defaults: what README.md recommends for a
 * server of this size. Durability stays at its defaults: {@code fsync}, {@code synchronous_commit}
 * and {@code full_page_writes} are on.
 */
final class ServerSettings {
  static final List<String> RECOMMENDED =
      List.of(
          "shared_buffers=512MB",
          "wal_compression=lz4",
          "max_wal_size=8GB",
          "min_wal_size=2GB",
          "checkpoint_timeout=15min",
          "checkpoint_completion_target=0.9",
          "wal_buffers=16MB",
          "random_page_cost=1.1",
          "jit=off",
          "effective_cache_size=4GB",
          "max_connections=200");

  private ServerSettings() {}
}
