package io.vitae.wire;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Sends answers over HTTP/2, where the client says how much of each may go out, and when.
 *
 * <p>Reading may not wait for that, as {@link Pipelining} makes it do: what the client says of one
 * answer comes between its requests. So each answer holds its room until it has gone out; when that
 * takes too long, its stream is reset.
 */
@Singleton
class Streams {
  private final long timeoutMillis;

  Streams(LimitsConfig limits) {
    this.timeoutMillis = limits.answerTimeout().toMillis();
  }

  /** Sends the body of an answer that holds its room already. */
  void send(RoutingContext request, Buffer body) {
    AnswerRoom room = AnswerRoom.of(request);
    Future<Void> sent;
    try {
      // Succeeds when the last byte is with the system, fails when stream or connection end before.
      sent = request.response().end(body);
    } catch (RuntimeException failure) {
      room.release();
      throw failure;
    }
    sent.onComplete(ignored -> room.release());
    if (!sent.isComplete()) {
      int stream = request.response().streamId();
      resetInTime(request.request().connection(), stream, sent);
    }
  }

  private void resetInTime(HttpConnection connection, int stream, Future<Void> sent) {
    ChannelHandlerContext codec =
        ((ConnectionBase) connection).channel().pipeline().context(Http2ConnectionHandler.class);
    if (codec != null) {
      ScheduledFuture<?> timer =
          codec
              .executor()
              .schedule(() -> reset(codec, stream), timeoutMillis, TimeUnit.MILLISECONDS);
      sent.onComplete(ignored -> timer.cancel(false));
    }
  }

  /**
   * Vert.x resets no stream whose answer it has passed on, whether the client has read it or not.
   */
  private static void reset(ChannelHandlerContext codec, int stream) {
    var unused =
        ((Http2ConnectionHandler) codec.handler())
            .resetStream(codec, stream, Http2Error.CANCEL.code(), codec.newPromise());
    codec.flush();
  }
}
