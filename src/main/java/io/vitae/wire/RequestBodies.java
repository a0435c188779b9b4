package io.vitae.wire;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Arrays;

/**
 * Reads a request's body on the event loop, whatever its content type says, within the limits of
 * size and time.
 *
 * <p>Quarkus REST moves a body larger than its buffer to a worker thread and checks the size of a
 * chunked one only there; resources that take the request and read the body from here stay
 * non-blocking.
 */
@Singleton
public class RequestBodies {
  /**
   * How long a client that was refused in the middle of its body may go on sending before it is cut
   * off.
   */
  private static final long LINGER_MILLIS = 2_000;

  /** How much of it is read meanwhile, and thrown away. */
  private static final long LINGER_BYTES = 64L << 20;

  /** Room is made for so many times what has come of a body. */
  private static final int ROOM = 4;

  private static final byte[] NOTHING = {};

  /** The HTTP/2 error code for a stream that ends early without anything having gone wrong. */
  private static final long NO_ERROR = 0;

  private final Vertx vertx;
  private final int limit;
  private final long timeoutMillis;

  RequestBodies(Vertx vertx, LimitsConfig limits) {
    this.vertx = vertx;
    this.limit = Math.toIntExact(limits.body().asLongValue());
    this.timeoutMillis = limits.bodyTimeout().toMillis();
  }

  /**
   * The whole body.
   *
   * @return its bytes, none when there is no body; fails with {@link ErrorCode#BODY_TOO_LARGE} past
   *     {@code vitae.limits.body} and with {@link ErrorCode#REQUEST_TIMEOUT} past {@code
   *     vitae.limits.body-timeout}
   */
  public Uni<byte[]> read(RoutingContext context) {
    return Uni.createFrom().emitter(emitter -> new Reader(context, emitter).start());
  }

  /**
   * The body as a small JSON object.
   *
   * @return fails as {@link #read} and {@link JsonBody#parse} do
   */
  public Uni<JsonBody> readJson(RoutingContext context) {
    return read(context).map(JsonBody::parse);
  }

  /**
   * How many bytes the body of a request has, as far as it says; as many as may be when it does not
   * say.
   */
  public long announced(RoutingContext context) {
    return context.request().getHeader(HttpHeaderNames.TRANSFER_ENCODING) == null
        ? FrontDoor.declaredLength(context.request())
        : limit;
  }

  /**
   * Lets the client finish sending what nobody will read, for a moment, so that it gets to see the
   * answer.
   */
  static void refuseTheRest(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (request.version() == HttpVersion.HTTP_2) {
      // RFC 9113, section 8.1: the answer is complete, and the client may stop sending.
      context.addEndHandler(
          ignored ->
              context.vertx().setTimer(LINGER_MILLIS, timer -> context.response().reset(NO_ERROR)));
    } else {
      context.response().putHeader(HttpHeaderNames.CONNECTION, "close");
      context.addEndHandler(
          ignored ->
              context.vertx().setTimer(LINGER_MILLIS, timer -> request.connection().close()));
    }
  }

  private final class Reader {
    private final RoutingContext context;
    private final HttpServerRequest request;
    private final UniEmitter<? super byte[]> emitter;
    private byte[] body = NOTHING;
    private int length;
    private long timer;
    private boolean done;
    private long discarded;

    Reader(RoutingContext context, UniEmitter<? super byte[]> emitter) {
      this.context = context;
      this.request = context.request();
      this.emitter = emitter;
    }

    void start() {
      if (request.isEnded()) {
        emitter.complete(NOTHING);
        return;
      }
      timer = vertx.setTimer(timeoutMillis, ignored -> refuse(ErrorCode.REQUEST_TIMEOUT));
      request.handler(this::take);
      // Whatever broke, the rest of the body will not come: nobody is left to be answered.
      request.exceptionHandler(
          failure -> finish(() -> emitter.fail(new HttpClosedException("The body broke off"))));
      request.endHandler(ignored -> finish(() -> emitter.complete(whole())));
      if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaderNames.EXPECT))) {
        request.response().writeContinue();
      }
      request.resume();
    }

    private void take(Buffer chunk) {
      if (done) {
        discard(chunk.length());
        return;
      }
      if (chunk.length() > limit - length) {
        refuse(ErrorCode.BODY_TOO_LARGE);
        return;
      }
      if (length == 0 && chunk.length() == FrontDoor.declaredLength(request)) {
        // All of it, as most bodies come.
        body = Buffers.bytes(chunk);
      } else {
        makeRoomFor(chunk.length());
        chunk.getBytes(body, length);
      }
      length += chunk.length();
    }

    /**
     * What the client has announced, so that a body in pieces is mostly copied once, but no more
     * than some times what it has sent: announcing must not be enough to fill memory.
     */
    private void makeRoomFor(int more) {
      int needed = length + more;
      if (needed > body.length) {
        long announced = FrontDoor.declaredLength(request);
        long most = announced == 0 ? limit : Math.min(announced, limit);
        body = Arrays.copyOf(body, (int) Math.max(needed, Math.min(most, ROOM * (long) needed)));
      }
    }

    private byte[] whole() {
      return length == body.length ? body : Arrays.copyOf(body, length);
    }

    /** Who goes on sending as fast as the network allows is cut off before the moment is over. */
    private void discard(int length) {
      discarded += length;
      if (discarded > LINGER_BYTES && request.version() != HttpVersion.HTTP_2) {
        request.connection().close();
      }
    }

    private void refuse(ErrorCode code) {
      finish(
          () -> {
            refuseTheRest(context);
            emitter.fail(new ApiException(code));
          });
    }

    private void finish(Runnable outcome) {
      if (!done) {
        done = true;
        vertx.cancelTimer(timer);
        outcome.run();
        // The request keeps this reader until it is answered, but nobody needs the body for so
        // long.
        body = NOTHING;
        length = 0;
      }
    }
  }
}
