package io.vitae.profile;

import io.smallrye.mutiny.Uni;
import io.vitae.access.Caller;
import io.vitae.database.ConstraintViolationException;
import io.vitae.observe.Observation;
import io.vitae.observe.Observer;
import io.vitae.profile.store.ProfileRepository;
import io.vitae.profile.store.ProfileRepository.Written;
import io.vitae.profile.store.ProfileRow;
import io.vitae.profile.store.ProfileWrite;
import io.vitae.source.Source;
import io.vitae.source.Sources;
import io.vitae.wire.ApiException;
import io.vitae.wire.ErrorCode;
import io.vitae.wire.FieldError;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What can be done with a profile: put, add, get. */
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
  Uni<Stored> put(Caller caller, byte[] body) {
    return Uni.createFrom()
        .item(() -> reader.parse(body))
        .chain(request -> inSource(caller, request, source -> put(caller, source, request)))
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

  private Uni<Stored> put(Caller caller, Source source, ProfileBody body) {
    ProfileReader.Draft draft = reader.draftOfPut(body);
    ProfileWrite write = draft.write(caller, source);
    Uni<Written> written =
        putCreates && draft.hasInfo()
            ? repository.upsert(write)
            : repository.update(write).map(found -> found.orElseThrow(() -> absent(draft)));
    return written
        .onFailure(ConstraintViolationException.class)
        .transform(
            taken -> new ApiException(ErrorCode.INVALID_PROFILE, List.of(draft.referenceTaken())))
        .map(result -> new Stored(result.row(), source, result.created()));
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
        .chain(request -> inSource(caller, request, source -> add(caller, source, request)));
  }

  private Uni<Stored> add(Caller caller, Source source, ProfileBody body) {
    ProfileWrite write = reader.draftOfPost(body).write(caller, source);
    return repository
        .insert(write)
        .onFailure(ConstraintViolationException.class)
        .transform(taken -> new ApiException(ErrorCode.REFERENCE_USED, write.reference()))
        .map(row -> new Stored(row, source, true));
  }

  /**
   * The profile that all the given identifiers name.
   *
   * @param email in any case; of several profiles with it, the last one changed is meant
   */
  Uni<Stored> get(
      Caller caller,
      Optional<String> sourceKey,
      Optional<String> key,
      Optional<String> reference,
      Optional<String> email) {
    String source = sourceKey.orElseThrow(() -> new ApiException(ErrorCode.INVALID_SOURCE));
    if (key.isEmpty() && reference.isEmpty() && email.isEmpty()) {
      throw new ApiException(
          ErrorCode.INVALID_PARAMETERS,
          List.of(new FieldError("key", "required", "give key, reference or email")));
    }
    if (Stream.of(key, reference, email).anyMatch(Profiles::isUnstorable)) {
      throw new ApiException(ErrorCode.UNKNOWN_PROFILE);
    }
    return sources
        .get(caller.workspaceId(), source)
        .chain(
            in ->
                repository
                    .find(caller.workspaceId(), in.id(), key, reference, email)
                    .map(
                        found ->
                            found
                                .map(row -> new Stored(row, in, false))
                                .orElseThrow(() -> new ApiException(ErrorCode.UNKNOWN_PROFILE))));
  }

  private Uni<Stored> inSource(
      Caller caller, ProfileBody body, Function<Source, Uni<? extends Stored>> then) {
    return sources.get(caller.workspaceId(), body.sourceKey()).chain(then);
  }

  /** PostgreSQL has no NUL in a text, so nothing is stored under such a name. */
  private static boolean isUnstorable(Optional<String> name) {
    return name.filter(text -> text.indexOf('\0') >= 0).isPresent();
  }
}
