package io.vitae.listing;

import io.vitae.access.Caller;
import io.vitae.consent.Purpose;
import io.vitae.profile.ConsentGate;
import io.vitae.wire.ApiException;
import io.vitae.wire.ErrorCode;
import io.vitae.wire.Parameters;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A request for a page of profiles.
 *
 * @param workspaceId the tenant
 * @param sourceKeys the sources to look in, at least one
 * @param filters what a profile has to be like
 * @param gate the purpose that every profile must be open to, unless the listing is storage;
 *     archived ones are then left out, too
 * @param purpose the purpose that the reader named, which every profile must be open to as well
 * @param sort the column to sort by
 * @param ascending the direction
 * @param page which part of the result
 * @param whole whether the profiles are wanted, or only what names and dates them
 */
record Listing(
    long workspaceId,
    List<String> sourceKeys,
    Filters filters,
    Optional<Purpose> gate,
    Optional<Purpose> purpose,
    Sort sort,
    boolean ascending,
    Parameters.Page page,
    boolean whole) {
  private static final int MAX_SOURCES = 100;
  private static final Set<String> COMMON =
      Set.of("source_keys", "page", "limit", "order_by", "sort_by", "purpose");

  /** What a page can be sorted by; ties are broken by the profile's id. */
  enum Sort {
    CREATED_AT,
    UPDATED_AT
  }

  static Set<String> withCommon(Set<String> own) {
    Set<String> all = new HashSet<>(COMMON);
    all.addAll(own);
    return all;
  }

  /**
   * Reads what all listings share.
   *
   * @throws ApiException {@link ErrorCode#INVALID_SOURCE} without sources, {@link
   *     ErrorCode#INVALID_PARAMETERS} with every parameter that is not understood
   */
  static Listing of(
      Caller caller,
      Parameters parameters,
      Filters filters,
      Optional<Purpose> gate,
      boolean whole) {
    List<String> sourceKeys = new JsonParameters(parameters).strings("source_keys", MAX_SOURCES);
    Optional<Purpose> purpose = ConsentGate.purpose(parameters);
    String sort = parameters.oneOf("sort_by", List.of("created_at", "updated_at"));
    boolean ascending = parameters.oneOf("order_by", List.of("desc", "asc")).equals("asc");
    Parameters.Page page = parameters.page();
    parameters.check();
    if (sourceKeys.isEmpty()) {
      throw new ApiException(ErrorCode.INVALID_SOURCE);
    }
    return new Listing(
        caller.workspaceId(),
        sourceKeys,
        filters,
        gate,
        purpose,
        sort.equals("created_at") ? Sort.CREATED_AT : Sort.UPDATED_AT,
        ascending,
        page,
        whole);
  }
}
