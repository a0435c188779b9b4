package io.vitae.profile;

import static io.vitae.wire.Envelope.quote;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.vitae.access.Caller;
import io.vitae.consent.Purpose;
import io.vitae.profile.document.Fields;
import io.vitae.profile.store.ProfileName;
import io.vitae.profile.store.RememberedAnswer;
import io.vitae.wire.ApiException;
import io.vitae.wire.BodyWriter;
import io.vitae.wire.Envelope;
import io.vitae.wire.ErrorCode;
import io.vitae.wire.IdempotentRequest;
import io.vitae.wire.JsonBody;
import io.vitae.wire.Parameters;
import io.vitae.wire.Preconditions;
import io.vitae.wire.RequestBodies;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;

/**
 * {@code /v1/profile}: HTTP in and out, nothing else.
 *
 * <p>Takes any content type: clients send profiles as {@code text/plain} and as forms. What they
 * accept is not asked ({@code FrontDoor}).
 */
@Path("/v1/profile")
@Produces(BodyWriter.BYTES)
public class ProfileResource {
  private static final int MAX_NAME_LENGTH = 255;

  private final Profiles profiles;
  private final RequestBodies bodies;

  ProfileResource(Profiles profiles, RequestBodies bodies) {
    this.profiles = profiles;
    this.bodies = bodies;
  }

  /**
   * HTTP 201 in both cases, as published; the envelope's code tells an edit from a creation
   * (adr/0001).
   */
  @PUT
  @Path("/indexing")
  public Uni<Buffer> put(@Context RoutingContext request) {
    return bodies
        .read(request)
        .chain(body -> profiles.put(WriteHeaders.of(request, body), body, ProfileResource::written))
        .map(reply -> answer(request, reply));
  }

  /** Makes a profile with a key of its own. */
  @POST
  @Path("/indexing")
  public Uni<Buffer> add(@Context RoutingContext request) {
    return bodies
        .read(request)
        .chain(body -> profiles.add(WriteHeaders.of(request, body), body, ProfileResource::written))
        .map(reply -> answer(request, reply));
  }

  /**
   * Finds a profile by key, reference or e-mail address; for a purpose only if that is consented
   * to.
   */
  @GET
  @Path("/indexing")
  public Uni<Buffer> get(@Context RoutingContext request) {
    Parameters parameters = Parameters.of(request);
    Optional<Purpose> purpose = ConsentGate.purpose(parameters);
    return find(request, parameters)
        .map(
            stored -> {
              Buffer document = ConsentGate.document(stored.row(), stored.source(), purpose);
              return conditional(
                  request, stored, success(200, "Profile details", stored, document));
            });
  }

  /** Explains which purposes a profile is open to, and why. */
  @GET
  @Path("/consent")
  public Uni<Buffer> consent(@Context RoutingContext request) {
    return find(request, Parameters.of(request))
        .map(
            stored ->
                conditional(
                    request,
                    stored,
                    Envelope.success(
                        200,
                        "Profile consent",
                        ConsentExplanation.json(stored.row(), stored.source()))));
  }

  /** Archives a profile, or with {@code is_archive} 0 brings it back. */
  @PATCH
  @Path("/indexing/archive")
  public Uni<Buffer> archive(@Context RoutingContext request) {
    return bodies.readJson(request).chain(body -> archive(request, body));
  }

  private Uni<Buffer> archive(RoutingContext request, JsonBody body) {
    String sourceKey =
        body.sourceKey().orElseThrow(() -> new ApiException(ErrorCode.INVALID_SOURCE));
    Optional<String> email = body.string("profile_email", MAX_NAME_LENGTH);
    ProfileName name =
        new ProfileName(
            body.string(Fields.KEY, MAX_NAME_LENGTH),
            body.string(Fields.REFERENCE, MAX_NAME_LENGTH),
            email.isPresent() ? email : body.string(Fields.EMAIL, MAX_NAME_LENGTH));
    boolean archived = body.flag("is_archive").orElse(true);
    body.check(ErrorCode.INVALID_PARAMETERS);
    if (name.isEmpty()) {
      body.error(Fields.KEY, "required", "give key, reference or profile_email");
      body.check(ErrorCode.INVALID_PARAMETERS);
    }
    return profiles
        .archive(Caller.of(request), sourceKey, name, archived, Preconditions.of(request))
        .map(
            stored -> {
              StringBuilder data = quote(new StringBuilder("{\"key\":"), stored.row().key());
              String message = archived ? "Profile archived" : "Profile unarchived";
              head(request, 200, stored.row().version());
              return Envelope.success(200, message, data.append('}'));
            });
  }

  private Uni<Profiles.Stored> find(RoutingContext request, Parameters parameters) {
    String sourceKey =
        parameters
            .name(Fields.SOURCE_KEY)
            .orElseThrow(() -> new ApiException(ErrorCode.INVALID_SOURCE));
    ProfileName name =
        new ProfileName(
            parameters.name(Fields.KEY),
            parameters.name(Fields.REFERENCE),
            parameters.name(Fields.EMAIL));
    parameters.check();
    if (name.isEmpty()) {
      parameters.error(Fields.KEY, "required", "give key, reference or email");
      parameters.check();
    }
    return profiles.get(Caller.of(request), sourceKey, name);
  }

  /** Answers a read that may know the version already, or want another one. */
  private static Buffer conditional(RoutingContext request, Profiles.Stored stored, Buffer body) {
    Preconditions conditions = Preconditions.of(request);
    long version = stored.row().version();
    if (!conditions.accepts(version)) {
      throw new ApiException(ErrorCode.PRECONDITION_FAILED);
    }
    boolean known = conditions.isKnown(version) && !sourceMayShow(stored);
    head(request, known ? 304 : 200, version);
    return known ? Buffer.buffer() : body;
  }

  /**
   * Whether something other than what the version counts may have changed: a profile without a
   * consent of its own shows its source's default, which may be newer than the profile.
   */
  private static boolean sourceMayShow(Profiles.Stored stored) {
    return stored.row().consent().isEmpty()
        && stored.source().updatedAt().isAfter(stored.row().updatedAt());
  }

  private static RememberedAnswer written(Profiles.Stored stored) {
    Buffer document = stored.row().document();
    Buffer body =
        stored.created()
            ? success(201, "Profile created", stored, document)
            : success(200, "Profile edited", stored, document);
    return new RememberedAnswer(201, stored.row().version(), body);
  }

  private static Buffer answer(RoutingContext request, ProfileWriter.Reply reply) {
    RememberedAnswer answer = reply.answer();
    HttpServerResponse response = head(request, answer.status(), answer.version());
    if (reply.replayed()) {
      response.putHeader(IdempotentRequest.REPLAYED, "true");
    }
    return answer.body();
  }

  /**
   * Writes the head of an answer whose body is returned. When a {@code Response} was returned, with
   * which the framework makes another and looks for who writes its body, the framework had 3.8 % of
   * the samples of the event loops; now 1.5.
   */
  private static HttpServerResponse head(RoutingContext request, int status, long version) {
    return request
        .response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.ETAG, Preconditions.tag(version));
  }

  private static Buffer success(int code, String message, Profiles.Stored stored, Buffer document) {
    StringBuilder answer = Envelope.success(code, message, ProfileAnswer.HEAD_LENGTH);
    return Envelope.success(ProfileAnswer.head(answer, stored.row(), stored.source()), document);
  }
}
