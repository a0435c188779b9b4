package io.vitae.profile;

import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import io.vitae.access.Caller;
import io.vitae.wire.Envelope;
import io.vitae.wire.RequestBodies;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestQuery;

/**
 * {@code /v1/profile/indexing}: HTTP in and out, nothing else.
 *
 * <p>Takes any content type and names none: clients send profiles as {@code text/plain} and as
 * forms, and get {@code application/json} whatever they accept.
 */
@Path("/v1/profile/indexing")
public class ProfileResource {
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
  public Uni<Response> put(@Context RoutingContext request) {
    return bodies
        .read(request)
        .chain(body -> profiles.put(Caller.of(request), body))
        .map(
            stored ->
                stored.created()
                    ? answer(201, 201, "Profile created", stored)
                    : answer(201, 200, "Profile edited", stored));
  }

  /** Makes a profile with a key of its own. */
  @POST
  public Uni<Response> add(@Context RoutingContext request) {
    return bodies
        .read(request)
        .chain(body -> profiles.add(Caller.of(request), body))
        .map(stored -> answer(201, 201, "Profile created", stored));
  }

  /** Finds a profile by key, reference or e-mail address. */
  @GET
  public Uni<Response> get(
      @Context RoutingContext request,
      @RestQuery("source_key") Optional<String> sourceKey,
      @RestQuery Optional<String> key,
      @RestQuery Optional<String> reference,
      @RestQuery Optional<String> email) {
    return profiles
        .get(Caller.of(request), given(sourceKey), given(key), given(reference), given(email))
        .map(stored -> answer(200, 200, "Profile details", stored));
  }

  /** The SDKs send a parameter that their user left out as an empty one. */
  private static Optional<String> given(Optional<String> parameter) {
    return parameter.filter(value -> !value.isEmpty());
  }

  private static Response answer(int status, int code, String message, Profiles.Stored stored) {
    byte[] body =
        Envelope.success(code, message, ProfileAnswer.json(stored.row(), stored.source()));
    return Response.status(status)
        .type(MediaType.APPLICATION_JSON_TYPE)
        .header("ETag", "\"" + stored.row().version() + "\"")
        .entity(body)
        .build();
  }
}
