package io.vitae.profile;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the words of profiles come into the index that searches use (adr/0025). */
@ConfigMapping(prefix = "vitae.words")
public interface WordsConfig {
  /** The pause between two looks for words of rows that were written meanwhile. */
  @WithDefault("1S")
  Duration indexInterval();
}
