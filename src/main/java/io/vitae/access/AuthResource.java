package io.vitae.access;

import static io.vitae.wire.Envelope.quote;

import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import io.vitae.wire.Envelope;
import io.vitae.wire.ErrorCode;
import io.vitae.wire.Parameters;
import io.vitae.wire.RequestBodies;
import io.vitae.wire.ServerTime;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code /v1/auth}: what a key is, and the keys of a workspace. */
@Path(AuthResource.PATH)
public class AuthResource {
  static final String PATH = "/v1/auth";
  private static final int MAX_NAME_LENGTH = 255;

  private final ApiKeys keys;
  private final Workspaces workspaces;
  private final RequestBodies bodies;

  AuthResource(ApiKeys keys, Workspaces workspaces, RequestBodies bodies) {
    this.keys = keys;
    this.workspaces = workspaces;
    this.bodies = bodies;
  }

  /** Tells any key what it is good for. */
  @GET
  public Uni<Response> describe(@Context RoutingContext request) {
    Caller caller = Caller.of(request);
    String origin = request.request().remoteAddress().host();
    return workspaces
        .get(caller.workspaceId())
        .map(
            workspace -> {
              StringBuilder json = new StringBuilder("{");
              quote(json.append("\"team_name\":"), workspace.name());
              quote(json.append(",\"team_subdomain\":"), workspace.subdomain());
              quote(json.append(",\"request_origin\":"), origin == null ? "" : origin);
              quote(json.append(",\"api_key_permission\":"), caller.permission().wireName());
              return Envelope.answer(200, "Auth info", json.append('}'));
            });
  }

  /** Makes a key and shows its secret, this once. Needs a key with all permissions. */
  @POST
  @Path("/keys")
  public Uni<Response> create(@Context RoutingContext request) {
    Caller caller = Caller.of(request).require(Permission.ALL);
    return bodies
        .readJson(request)
        .chain(
            body -> {
              body.allow(Set.of("permission", "name"));
              Optional<Permission> permission =
                  body.string("permission", MAX_NAME_LENGTH).flatMap(Permission::find);
              if (permission.isEmpty()) {
                body.error("permission", "invalid_value", "must be all, read or write");
              }
              Optional<String> name = body.string("name", MAX_NAME_LENGTH);
              body.check(ErrorCode.INVALID_PARAMETERS);
              return keys.create(caller.workspaceId(), permission.orElseThrow(), name);
            })
        .map(created -> Envelope.answer(201, "Key created", json(created.key(), created.secret())));
  }

  /** Lists the keys of the workspace without their secrets, revoked ones too. */
  @GET
  @Path("/keys")
  public Uni<Response> list(@Context RoutingContext request) {
    Caller caller = Caller.of(request).require(Permission.ALL);
    return keys.list(caller.workspaceId())
        .map(
            found ->
                Envelope.answer(
                    200,
                    "Key list",
                    found.stream()
                        .map(key -> json(key, Optional.empty()))
                        .collect(Collectors.joining(",", "[", "]"))));
  }

  /**
   * Revokes the key with {@code id}: within five seconds no pod takes it any more. Revoking twice
   * is fine.
   */
  @DELETE
  @Path("/keys")
  public Uni<Response> revoke(@Context RoutingContext request) {
    Caller caller = Caller.of(request).require(Permission.ALL);
    Parameters parameters = Parameters.of(request);
    parameters.allow(Set.of("id"));
    Optional<String> id = parameters.text("id").filter(text -> text.matches("\\d{1,18}"));
    if (id.isEmpty()) {
      parameters.error("id", "required", "must be the id of a key");
    }
    parameters.check();
    return keys.revoke(caller.workspaceId(), Long.parseLong(id.orElseThrow()))
        .map(key -> Envelope.answer(200, "Key revoked", json(key, Optional.empty())));
  }

  private static String json(ApiKeys.Entry key, Optional<String> secret) {
    StringBuilder json = new StringBuilder("{\"id\":").append(key.id());
    nullable(json.append(",\"name\":"), key.name());
    secret.ifPresent(text -> quote(json.append(",\"key\":"), text));
    quote(json.append(",\"permission\":"), key.permission().wireName());
    quote(json.append(",\"created_at\":"), ServerTime.format(key.createdAt()));
    nullable(json.append(",\"revoked_at\":"), key.revokedAt().map(ServerTime::format));
    return json.append('}').toString();
  }

  private static void nullable(StringBuilder json, Optional<String> text) {
    if (text.isPresent()) {
      quote(json, text.get());
    } else {
      json.append("null");
    }
  }
}
