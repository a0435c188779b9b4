package io.vitae.wire;

import java.util.Map;

/**
 * The paths of the API and the methods that each knows. A test holds the table to what the
 * resources answer.
 */
public final class Routes {
  /** By path, the value of an {@code Allow} header (RFC 9110, section 10.2.1). */
  public static final Map<String, String> METHODS =
      Map.of(
          "/v1/profile/indexing", "GET, HEAD, OPTIONS, POST, PUT",
          "/v1/profile/indexing/archive", "OPTIONS, PATCH",
          "/v1/profile/consent", "GET, HEAD, OPTIONS",
          "/v1/storing/profiles", "GET, HEAD, OPTIONS",
          "/v1/profiles/searching", "GET, HEAD, OPTIONS",
          "/v1/source", "GET, HEAD, OPTIONS, PATCH, POST",
          "/v1/sources", "GET, HEAD, OPTIONS",
          "/v1/auth", "GET, HEAD, OPTIONS",
          "/v1/auth/keys", "DELETE, GET, HEAD, OPTIONS, POST");

  private Routes() {}
}
