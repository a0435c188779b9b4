package io.vitae.profile;

import io.smallrye.mutiny.Uni;
import io.vitae.database.ConstraintViolationException;
import io.vitae.observe.Observation.Repetition;
import io.vitae.observe.Observer;
import io.vitae.profile.store.AnswerRepository;
import io.vitae.profile.store.OnceResult;
import io.vitae.profile.store.OnceWrite;
import io.vitae.profile.store.ProfileRepository;
import io.vitae.profile.store.ProfileWrite;
import io.vitae.profile.store.RememberedAnswer;
import io.vitae.profile.store.WriteResult;
import io.vitae.wire.IdempotentRequest;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Function;

/** Writes profiles: each time that it is asked to, or once under an {@code Idempotency-Key}. */
@Singleton
class ProfileWriter {
  private final ProfileRepository profiles;
  private final AnswerRepository answers;
  private final IdempotencyConfig config;
  private final Observer observer;

  ProfileWriter(
      ProfileRepository profiles,
      AnswerRepository answers,
      IdempotencyConfig config,
      Observer observer) {
    this.profiles = profiles;
    this.answers = answers;
    this.config = config;
    this.observer = observer;
  }

  /**
   * The answer to a write.
   *
   * @param created whether this very request made the profile
   * @param replayed whether it is that of an earlier request
   */
  record Reply(RememberedAnswer answer, boolean created, boolean replayed) {}

  /**
   * Carries out a write, or finds that it has been.
   *
   * @param answer makes the answer of a write that left a profile, and throws what a refused one is
   *     told
   * @return fails with {@link io.vitae.wire.ErrorCode#IDEMPOTENCY_KEY_REUSED} when the key belongs
   *     to another request
   */
  Uni<Reply> write(
      ProfileWrite write,
      Optional<IdempotentRequest> request,
      Function<WriteResult, RememberedAnswer> answer) {
    return request.isEmpty()
        ? profiles
            .write(write)
            .onFailure(ConstraintViolationException.class)
            .recoverWithItem(WriteResult.TAKEN)
            .map(result -> new Reply(answer.apply(result), result.created(), false))
        : once(write, request.get(), answer);
  }

  private Uni<Reply> once(
      ProfileWrite write,
      IdempotentRequest request,
      Function<WriteResult, RememberedAnswer> answer) {
    OnceWrite once =
        new OnceWrite(
            write, request.key(), request.digest(), write.now().minus(config.keep()), answer);
    return answers
        .write(once)
        .onFailure(ConstraintViolationException.class)
        .recoverWithItem(new OnceResult.Refused(WriteResult.TAKEN))
        .map(result -> reply(result, answer));
  }

  private Reply reply(OnceResult result, Function<WriteResult, RememberedAnswer> answer) {
    if (result instanceof OnceResult.Done done) {
      return new Reply(done.answer(), done.created(), false);
    }
    if (result instanceof OnceResult.Replayed again) {
      observer.observe(Repetition.REPLAYED);
      return new Reply(again.answer(), false, true);
    }
    if (result instanceof OnceResult.Refused refused) {
      return new Reply(answer.apply(refused.result()), false, false);
    }
    observer.observe(Repetition.CONFLICT);
    throw IdempotentRequest.conflict();
  }
}
