package io.vitae.profile;

import io.smallrye.mutiny.Uni;
import io.vitae.access.Caller;
import io.vitae.observe.Observation;
import io.vitae.observe.Observer;
import io.vitae.profile.ProfileWriter.Reply;
import io.vitae.profile.store.ProfileName;
import io.vitae.profile.store.ProfileRepository;
import io.vitae.profile.store.ProfileRow;
import io.vitae.profile.store.ProfileWrite;
import io.vitae.profile.store.ProfileWrite.Permit;
import io.vitae.profile.store.RememberedAnswer;
import io.vitae.profile.store.WriteResult;
import io.vitae.source.Source;
import io.vitae.source.Sources;
import io.vitae.wire.ApiException;
import io.vitae.wire.ErrorCode;
import io.vitae.wire.Preconditions;
import jakarta.inject.Singleton;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** What can be done with a profile: put, add, get, archive. */
@Singleton
class Profiles {
  private final ProfileReader reader;
  private final ProfileRepository repository;
  private final ProfileWriter writer;
  private final Sources sources;
  private final Observer observer;
  private final boolean putCreates;

  Profiles(
      ProfileReader reader,
      ProfileRepository repository,
      ProfileWriter writer,
      Sources sources,
      Observer observer,
      ProfileConfig config) {
    this.reader = reader;
    this.repository = repository;
    this.writer = writer;
    this.sources = sources;
    this.observer = observer;
    this.putCreates = config.putCreates();
  }

  /**
   * A profile as it is stored, with what its answer needs beside the row.
   *
   * @param created whether this very request made it
   */
  record Stored(ProfileRow row, Source source, boolean created) {}

  /**
   * Creates the profile that the body names, or merges the body into it.
   *
   * @param answer makes the answer of what is stored then
   */
  Uni<Reply> put(WriteHeaders headers, byte[] bytes, Function<Stored, RememberedAnswer> answer) {
    return ofReading(
            () -> reader.readPut(bytes),
            reading ->
                sources
                    .get(headers.caller().workspaceId(), reading.sourceKey())
                    .chain(source -> put(headers, reading, source, answer)))
        .invoke(reply -> observer.observe(observation(reply)))
        .onFailure()
        .invoke(
            failure ->
                observer.observe(
                    Observation.ProfilePut.refused(
                        failure instanceof ApiException known
                            ? known.code()
                            : ErrorCode.INTERNAL)));
  }

  private Uni<Reply> put(
      WriteHeaders headers,
      ProfileReader.Reading reading,
      Source source,
      Function<Stored, RememberedAnswer> answer) {
    Preconditions conditions = headers.conditions().forWrite();
    Draft draft = reading.draft();
    Permit permit = permit(draft, conditions);
    return writer.write(
        draft.write(headers.caller(), source, permit),
        headers.once(),
        result -> answer.apply(stored(result, source, draft, conditions)));
  }

  private static Observation.ProfilePut observation(Reply reply) {
    if (reply.replayed()) {
      return Observation.ProfilePut.REPLAYED;
    }
    return reply.created() ? Observation.ProfilePut.CREATED : Observation.ProfilePut.EDITED;
  }

  /**
   * What comes of a body. It is read at once: a Uni that did it would keep the body in memory until
   * the answer.
   */
  private static Uni<Reply> ofReading(
      Supplier<ProfileReader.Reading> body, Function<ProfileReader.Reading, Uni<Reply>> work) {
    try {
      return work.apply(body.get());
    } catch (RuntimeException failure) {
      return Uni.createFrom().failure(failure);
    }
  }

  /** What the body and its preconditions let the write do. */
  private Permit permit(Draft draft, Preconditions conditions) {
    if (conditions.mustNotExist() && conditions.mustExist()) {
      throw new ApiException(ErrorCode.PRECONDITION_FAILED);
    }
    boolean mayCreate = putCreates && draft.hasInfo();
    if (conditions.mustNotExist()) {
      if (!mayCreate) {
        throw absent(draft);
      }
      return Permit.CREATE_ONLY;
    }
    return new Permit(mayCreate && !conditions.mustExist(), true, conditions.matching());
  }

  private Stored stored(WriteResult result, Source source, Draft draft, Preconditions conditions) {
    return switch (result.outcome()) {
      case CREATED, EDITED, UNCHANGED ->
          new Stored(result.row().orElseThrow(), source, result.created());
      case EXISTS, STALE -> throw new ApiException(ErrorCode.PRECONDITION_FAILED);
      case ABSENT ->
          throw conditions.mustExist()
              ? new ApiException(ErrorCode.PRECONDITION_FAILED)
              : absent(draft);
      case TAKEN ->
          throw conditions.mustNotExist()
              ? new ApiException(ErrorCode.PRECONDITION_FAILED)
              : new ApiException(ErrorCode.INVALID_PROFILE, List.of(draft.referenceTaken()));
    };
  }

  private ApiException absent(Draft draft) {
    return putCreates
        ? new ApiException(ErrorCode.INVALID_PROFILE, List.of(draft.infoRequired()))
        : new ApiException(ErrorCode.UNKNOWN_PROFILE);
  }

  /**
   * Creates a profile.
   *
   * @param answer makes the answer of what is stored then
   */
  Uni<Reply> add(WriteHeaders headers, byte[] bytes, Function<Stored, RememberedAnswer> answer) {
    ProfileReader.Reading reading = reader.readPost(bytes);
    return sources
        .get(headers.caller().workspaceId(), reading.sourceKey())
        .chain(source -> add(headers, reading, source, answer));
  }

  private Uni<Reply> add(
      WriteHeaders headers,
      ProfileReader.Reading reading,
      Source source,
      Function<Stored, RememberedAnswer> answer) {
    ProfileWrite write = reading.draft().write(headers.caller(), source, Permit.CREATE_ONLY);
    return writer.write(
        write, headers.once(), result -> answer.apply(added(result, source, write)));
  }

  private static Stored added(WriteResult result, Source source, ProfileWrite write) {
    return new Stored(
        result
            .row()
            .orElseThrow(() -> new ApiException(ErrorCode.REFERENCE_USED, write.reference())),
        source,
        true);
  }

  /** The profile that a name means, in the source that the workspace calls {@code sourceKey}. */
  Uni<Stored> get(Caller caller, String sourceKey, ProfileName name) {
    return sources
        .get(caller.workspaceId(), sourceKey)
        .chain(source -> find(caller, source, name).map(row -> new Stored(row, source, false)));
  }

  /**
   * Archives the profile that a name means, or brings it back. A profile that is so already stays
   * untouched.
   *
   * @param archived the state wanted
   */
  Uni<Stored> archive(
      Caller caller,
      String sourceKey,
      ProfileName name,
      boolean archived,
      Preconditions conditions) {
    conditions.forWrite();
    return sources
        .get(caller.workspaceId(), sourceKey)
        .chain(
            source ->
                archive(caller, source, name, archived, conditions)
                    .map(done -> new Stored(done, source, false)));
  }

  private Uni<ProfileRow> archive(
      Caller caller, Source source, ProfileName name, boolean archived, Preconditions conditions) {
    if (name.isUnstorable()) {
      throw new ApiException(ErrorCode.UNKNOWN_PROFILE);
    }
    return repository
        .archive(
            caller.workspaceId(),
            source.id(),
            name,
            archived,
            conditions.matching(),
            OffsetDateTime.now(reader.clock()),
            caller.email())
        .map(
            result ->
                result
                    .row()
                    .orElseThrow(
                        () ->
                            new ApiException(
                                result.outcome() == WriteResult.Outcome.STALE
                                        || conditions.mustExist()
                                    ? ErrorCode.PRECONDITION_FAILED
                                    : ErrorCode.UNKNOWN_PROFILE)));
  }

  private Uni<ProfileRow> find(Caller caller, Source source, ProfileName name) {
    if (name.isUnstorable()) {
      throw new ApiException(ErrorCode.UNKNOWN_PROFILE);
    }
    return repository
        .find(caller.workspaceId(), source.id(), name)
        .map(found -> found.orElseThrow(() -> new ApiException(ErrorCode.UNKNOWN_PROFILE)));
  }
}
