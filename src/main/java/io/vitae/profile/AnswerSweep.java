package io.vitae.profile;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vitae.profile.store.AnswerRepository;
import jakarta.inject.Singleton;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Removes remembered answers once they have expired, also those of workspaces that nobody writes to
 * any more: they hold personal data.
 *
 * <p>Every instance does so, a few rows a statement and one statement at a time; none waits for a
 * row that another is removing.
 */
@Singleton
class AnswerSweep {
  /** The most statements of one sweep; what is left waits for the next. */
  private static final int ROUNDS = 1_000;

  private final AnswerRepository answers;
  private final IdempotencyConfig config;

  AnswerSweep(AnswerRepository answers, IdempotencyConfig config) {
    this.answers = answers;
    this.config = config;
  }

  Uni<?> forget() {
    return Multi.createBy()
        .repeating()
        .uni(() -> answers.forgetSome(OffsetDateTime.now(ZoneOffset.UTC).minus(config.keep())))
        .whilst(removed -> removed > 0)
        .select()
        .first(ROUNDS)
        .collect()
        .last();
  }
}
