package io.vitae.listing;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import io.vitae.access.Caller;
import io.vitae.consent.Purpose;
import io.vitae.profile.ConsentGate;
import io.vitae.profile.ProfileAnswer;
import io.vitae.wire.Envelope;
import io.vitae.wire.Parameters;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * {@code /v1/storing/profiles} lists what is stored; {@code /v1/profiles/searching} shows what may
 * be found.
 */
@Path("/v1")
public class ListingResource {
  private static final Set<String> LIST_PARAMETERS =
      Set.of(
          "name",
          "key",
          "reference",
          "email",
          "created_at_min",
          "created_at_max",
          "location_lat",
          "location_lon",
          "location_dist",
          "return_profile");

  private final ListingStore store;

  ListingResource(ListingStore store) {
    this.store = store;
  }

  /**
   * Every profile of some sources, archived ones too: storage, which consent does not gate unless a
   * purpose is named.
   */
  @GET
  @Path("/storing/profiles")
  public Uni<Response> list(@Context RoutingContext request) {
    Listing listing = listing(Caller.of(request), Parameters.of(request));
    return store
        .find(listing)
        .map(
            found ->
                answer(
                    "List of profiles",
                    found,
                    listing,
                    "[",
                    "]",
                    listing.whole()
                        ? (json, entry) -> append(json, entry, listing.purpose())
                        : (json, entry) -> ProfileAnswer.appendShort(json, entry.row())));
  }

  static Listing listing(Caller caller, Parameters parameters) {
    parameters.allow(Listing.withCommon(LIST_PARAMETERS));
    Filters filters = new Filters(parameters);
    filters.identity();
    filters.createdAt();
    filters.near("location_lat", "location_lon", "location_dist");
    boolean whole = parameters.flag("return_profile", true);
    return Listing.of(caller, parameters, filters, Optional.empty(), whole);
  }

  /** Profiles that both parties let be searched and that are not archived. */
  @GET
  @Path("/profiles/searching")
  public Uni<Response> search(@Context RoutingContext request) {
    Listing listing = searching(Caller.of(request), Parameters.of(request));
    return store
        .find(listing)
        .map(
            found ->
                answer(
                    "Profiles list",
                    found,
                    listing,
                    "{\"profiles\":[",
                    "]}",
                    (json, entry) -> append(json, entry, listing.purpose())));
  }

  static Listing searching(Caller caller, Parameters parameters) {
    parameters.allow(Listing.withCommon(Filters.SEARCH_PARAMETERS));
    Filters filters = new Filters(parameters);
    filters.identity();
    filters.createdAt();
    filters.nearPoint();
    filters.words();
    filters.durations();
    return Listing.of(caller, parameters, filters, Optional.of(Purpose.SEARCHING), true);
  }

  private static void append(
      StringBuilder json, ListingStore.Entry entry, Optional<Purpose> purpose) {
    Buffer document = ConsentGate.document(entry.row(), entry.source(), purpose);
    ProfileAnswer.append(json, entry.row(), entry.source(), document);
  }

  private static Response answer(
      String message,
      ListingStore.Found found,
      Listing listing,
      String before,
      String after,
      BiConsumer<StringBuilder, ListingStore.Entry> append) {
    List<ListingStore.Entry> entries = found.entries();
    StringBuilder json = new StringBuilder(before);
    for (int i = 0; i < entries.size(); i++) {
      append.accept(json.append(i == 0 ? "" : ","), entries.get(i));
    }
    return Envelope.answer(
        message, json.append(after), listing.page(), entries.size(), found.total());
  }
}
