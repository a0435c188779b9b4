package io.vitae.access;

import io.vertx.ext.web.RoutingContext;
import io.vitae.wire.ApiException;
import io.vitae.wire.ErrorCode;
import java.util.Optional;

/**
 * Who sent a request, once its key is known to be good.
 *
 * @param workspaceId the tenant, in which everything the request names is looked up
 * @param permission what the key may do
 * @param email the acting person for the audit trail, from {@code X-USER-EMAIL}
 */
public record Caller(long workspaceId, Permission permission, Optional<String> email) {
  private static final String KEY = Caller.class.getName();

  /** The caller of a request that has passed {@link AccessFilter}. */
  public static Caller of(RoutingContext request) {
    Caller caller = request.get(KEY);
    if (caller == null) {
      throw new IllegalStateException("The request has not been authenticated");
    }
    return caller;
  }

  /**
   * This caller, if its key may do what needs a permission that no method asks for.
   *
   * @throws ApiException {@link ErrorCode#PERMISSION_DENIED} if it may not
   */
  public Caller require(Permission needed) {
    if (!permission.includes(needed)) {
      throw new ApiException(ErrorCode.PERMISSION_DENIED, needed.wireName());
    }
    return this;
  }

  void attachTo(RoutingContext request) {
    request.put(KEY, this);
  }

  @Override
  public String toString() {
    return "Caller[workspaceId=" + workspaceId + ", permission=" + permission + "]";
  }
}
