package io.vitae.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import io.vitae.access.Caller;
import io.vitae.access.Permission;
import io.vitae.consent.Consent;
import io.vitae.consent.Purpose;
import io.vitae.json.JsonDocument;
import io.vitae.wire.Envelope;
import io.vitae.wire.ErrorCode;
import io.vitae.wire.JsonBody;
import io.vitae.wire.Parameters;
import io.vitae.wire.RequestBodies;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code /v1/source} and {@code /v1/sources}. */
@Path("/v1")
public class SourceResource {
  private static final Set<String> SETTINGS =
      Set.of("key", "name", "type", "subtype", "environment", "default_consent");
  private static final int MAX_NAME_LENGTH = 255;
  private static final int KEY_BYTES = 20;

  private final Sources sources;
  private final RequestBodies bodies;

  SourceResource(Sources sources, RequestBodies bodies) {
    this.sources = sources;
    this.bodies = bodies;
  }

  /** One source, by {@code key}. */
  @GET
  @Path("/source")
  public Uni<Response> get(@Context RoutingContext request) {
    Parameters parameters = Parameters.of(request);
    parameters.allow(Set.of("key"));
    Optional<String> key = parameters.name("key");
    if (key.isEmpty()) {
      parameters.error("key", "required", "is required");
    }
    parameters.check();
    return sources
        .get(Caller.of(request).workspaceId(), key.orElseThrow())
        .map(source -> Envelope.answer(200, "Source info", json(source)));
  }

  /** The sources of the workspace, newest first unless {@code order_by} is {@code asc}. */
  @GET
  @Path("/sources")
  public Uni<Response> list(@Context RoutingContext request) {
    Parameters parameters = Parameters.of(request);
    parameters.allow(Set.of("name", "page", "limit", "sort_by", "order_by"));
    parameters.oneOf("sort_by", List.of("date", "created_at"));
    boolean ascending = parameters.oneOf("order_by", List.of("desc", "asc")).equals("asc");
    Optional<String> name = parameters.text("name");
    Parameters.Page page = parameters.page();
    parameters.check();
    return sources
        .list(Caller.of(request).workspaceId(), name, ascending, page)
        .map(
            found ->
                Envelope.answer(
                    "Source list",
                    found.sources().stream()
                        .map(SourceResource::json)
                        .collect(Collectors.joining(",", "[", "]")),
                    page,
                    found.sources().size(),
                    found.total()));
  }

  /** Makes a source; its key is the one given or a new one. Needs a key with all permissions. */
  @POST
  @Path("/source")
  public Uni<Response> create(@Context RoutingContext request) {
    Caller caller = Caller.of(request).require(Permission.ALL);
    return bodies
        .readJson(request)
        .chain(
            body -> {
              SourceSettings settings = settings(body);
              if (settings.name().isEmpty()) {
                body.error("name", "required", "is required");
              }
              String key =
                  body.string("key", Sources.MAX_KEY_LENGTH).orElseGet(SourceResource::newKey);
              body.check(ErrorCode.INVALID_SOURCE);
              return sources.create(caller.workspaceId(), key, settings);
            })
        .map(source -> Envelope.answer(201, "Source created", json(source)));
  }

  /**
   * Changes what is given of the source that {@code key} names. Needs a key with all permissions.
   */
  @PATCH
  @Path("/source")
  public Uni<Response> edit(@Context RoutingContext request) {
    Caller caller = Caller.of(request).require(Permission.ALL);
    return bodies
        .readJson(request)
        .chain(
            body -> {
              SourceSettings settings = settings(body);
              Optional<String> key = body.string("key", Sources.MAX_KEY_LENGTH);
              if (key.isEmpty()) {
                body.error("key", "required", "is required");
              }
              body.check(ErrorCode.INVALID_SOURCE);
              return sources.edit(caller.workspaceId(), key.orElseThrow(), settings);
            })
        .map(source -> Envelope.answer(200, "Source edited", json(source)));
  }

  private static SourceSettings settings(JsonBody body) {
    body.allow(SETTINGS);
    return new SourceSettings(
        body.string("name", MAX_NAME_LENGTH),
        body.string("type", MAX_NAME_LENGTH),
        body.string("subtype", MAX_NAME_LENGTH),
        body.string("environment", MAX_NAME_LENGTH),
        body.object("default_consent").map(flags -> consent(body, flags).bits()));
  }

  /** A missing flag is not consented to; an unknown one is an error, as in a profile. */
  private static Consent consent(JsonBody body, ObjectNode flags) {
    Map<String, Purpose> purposes =
        Arrays.stream(Purpose.values())
            .collect(Collectors.toMap(Purpose::wireName, purpose -> purpose));
    Consent consent = Consent.NONE;
    for (Map.Entry<String, JsonNode> flag : flags.properties()) {
      Purpose purpose = purposes.get(flag.getKey());
      if (purpose == null || !flag.getValue().isBoolean()) {
        body.error("default_consent", "invalid_value", "must have a purpose and a boolean each");
      } else {
        consent = consent.with(purpose, flag.getValue().booleanValue());
      }
    }
    return consent;
  }

  private static String json(Source source) {
    return source.details(JsonDocument.write(new Consent(source.defaultConsent()).flags()));
  }

  private static String newKey() {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return HexFormat.of().formatHex(key);
  }
}
