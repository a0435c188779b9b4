package io.vitae.database;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How requests share statements (adr/0006). The defaults fit a pod of 256 MiB. */
@ConfigMapping(prefix = "vitae.batch")
public interface BatchConfig {
  /** The most writes that share a statement; of reads at most 16 do. */
  @WithDefault("64")
  int rows();

  /** The most bytes of profiles that share a statement; a larger one goes alone. */
  @WithDefault("2M")
  MemorySize bytes();

  /**
   * How many batches of writes, and as many of reads, may be in flight at once. Few make large
   * batches, which cost the database less for each row; more keep one slow batch from holding up
   * others.
   */
  @WithDefault("2")
  int inFlight();

  /**
   * How many lists and searches may be in flight at once. Each can keep a core of the database busy
   * for a while: the connections that are left are for writes and reads of one profile.
   */
  @WithDefault("4")
  int listingsInFlight();

  /**
   * How many requests may wait for their batch, reads and writes each; one more is answered 503.
   * One workspace may fill half of it.
   */
  @WithDefault("2000")
  int waiting();

  /** How many bytes of profiles may wait for their batch; as {@link #waiting()}. */
  @WithDefault("32M")
  MemorySize waitingBytes();
}
