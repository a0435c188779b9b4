package io.vitae.profile;

import io.smallrye.mutiny.Uni;
import io.vitae.access.Caller;
import io.vitae.database.ConstraintViolationException;
import io.vitae.observe.Observation;
import io.vitae.observe.Observer;
import io.vitae.profile.store.ProfileName;
import io.vitae.profile.store.ProfileRepository;
import io.vitae.profile.store.ProfileRepository.Written;
import io.vitae.profile.store.ProfileRow;
import io.vitae.profile.store.ProfileWrite;
import io.vitae.source.Source;
import io.vitae.source.Sources;
import io.vitae.wire.ApiException;
import io.vitae.wire.ErrorCode;
import io.vitae.wire.Preconditions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** What can be done with a profile: put, add, get, archive. */
@ApplicationScoped
class Profiles {
  private final ProfileReader reader;
  private final ProfileRepository repository;
  private final Sources sources;
  private final Observer observer;
  private final boolean putCreates;

  Profiles(
      ProfileReader reader,
      ProfileRepository repository,
      Sources sources,
      Observer observer,
      ProfileConfig config) {
    this.reader = reader;
    this.repository = repository;
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

  /** Creates the profile that the body names, or merges the body into it. */
  Uni<Stored> put(Caller caller, byte[] body, Preconditions conditions) {
    return Uni.createFrom()
        .item(() -> reader.parse(body))
        .chain(
            request ->
                sources
                    .get(caller.workspaceId(), request.sourceKey())
                    .chain(source -> put(caller, source, request, conditions.forWrite())))
        .invoke(
            stored ->
                observer.observe(
                    stored.created()
                        ? Observation.ProfilePut.CREATED
                        : Observation.ProfilePut.EDITED))
        .onFailure()
        .invoke(
            failure ->
                observer.observe(
                    Observation.ProfilePut.refused(
                        failure instanceof ApiException known
                            ? known.code()
                            : ErrorCode.INTERNAL)));
  }

  private Uni<Stored> put(
      Caller caller, Source source, ProfileBody body, Preconditions conditions) {
    ProfileReader.Draft draft = reader.draftOfPut(body);
    ProfileWrite write = draft.write(caller, source);
    return write(draft, write, conditions)
        .onFailure(ConstraintViolationException.class)
        .transform(
            taken -> new ApiException(ErrorCode.INVALID_PROFILE, List.of(draft.referenceTaken())))
        .map(result -> new Stored(result.row(), source, result.created()));
  }

  /** Chooses the one statement that does what the body and its preconditions ask for. */
  private Uni<Written> write(
      ProfileReader.Draft draft, ProfileWrite write, Preconditions conditions) {
    if (conditions.mustNotExist() && conditions.mustExist()) {
      return Uni.createFrom().failure(() -> new ApiException(ErrorCode.PRECONDITION_FAILED));
    }
    if (conditions.mustNotExist()) {
      if (!putCreates || !draft.hasInfo()) {
        return Uni.createFrom().failure(() -> absent(draft));
      }
      return repository
          .insertIfAbsent(write)
          .map(made -> made.orElseThrow(() -> new ApiException(ErrorCode.PRECONDITION_FAILED)));
    }
    if (putCreates && draft.hasInfo() && !conditions.mustExist()) {
      return repository.upsert(write);
    }
    return repository
        .update(write, conditions.matching())
        .chain(
            written ->
                written.isPresent()
                    ? Uni.createFrom().item(written.get())
                    : notWritten(write.workspaceId(), write.sourceId(), write.name(), conditions)
                        .map(found -> found.orElseThrow(() -> absent(draft))));
  }

  /**
   * Why an update wrote nothing: there is no such profile, it has another version, or it is as
   * wanted already.
   *
   * @return empty in the first case; the profile in the last; fails in the second, and in the first
   *     when a version was asked for
   */
  private Uni<Optional<Written>> notWritten(
      long workspaceId, long sourceId, ProfileName name, Preconditions conditions) {
    return repository
        .find(workspaceId, sourceId, name)
        .map(
            found -> {
              boolean accepted =
                  found
                      .map(row -> conditions.accepts(row.version()))
                      .orElse(!conditions.mustExist());
              if (!accepted) {
                throw new ApiException(ErrorCode.PRECONDITION_FAILED);
              }
              return found.map(row -> new Written(row, false));
            });
  }

  private ApiException absent(ProfileReader.Draft draft) {
    return putCreates
        ? new ApiException(ErrorCode.INVALID_PROFILE, List.of(draft.infoRequired()))
        : new ApiException(ErrorCode.UNKNOWN_PROFILE);
  }

  /** Creates a profile. */
  Uni<Stored> add(Caller caller, byte[] body) {
    return Uni.createFrom()
        .item(() -> reader.parse(body))
        .chain(
            request ->
                sources
                    .get(caller.workspaceId(), request.sourceKey())
                    .chain(source -> add(caller, source, request)));
  }

  private Uni<Stored> add(Caller caller, Source source, ProfileBody body) {
    ProfileWrite write = reader.draftOfPost(body).write(caller, source);
    return repository
        .insert(write)
        .onFailure(ConstraintViolationException.class)
        .transform(taken -> new ApiException(ErrorCode.REFERENCE_USED, write.reference()))
        .map(made -> new Stored(made.row(), source, true));
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
                    .map(done -> new Stored(done.row(), source, false)));
  }

  private Uni<Written> archive(
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
        .chain(
            written ->
                written.isPresent()
                    ? Uni.createFrom().item(written.get())
                    : notWritten(caller.workspaceId(), source.id(), name, conditions)
                        .map(
                            found ->
                                found.orElseThrow(
                                    () -> new ApiException(ErrorCode.UNKNOWN_PROFILE))));
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
