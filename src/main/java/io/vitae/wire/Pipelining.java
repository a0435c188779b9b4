package io.vitae.wire;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Stops reading from a client that sends one request after the other without waiting for answers,
 * or without reading them.
 *
 * <p>Vert.x queues such requests, and their answers, for as long as there is memory: twenty
 * connections were enough to end a service. Here reading waits until answers have gone out; what
 * the client goes on sending fills its own buffers.
 */
final class Pipelining extends ChannelDuplexHandler {
  /** With so many requests of one connection under way no more are read. */
  private static final int MAX_UNANSWERED = 16;

  /** With so many, which came in a single read, the connection is closed. */
  private static final int TOO_MANY_UNANSWERED = 256;

  private static final String NAME = "vitae-pipelining";

  /** What Vert.x calls its own end of the pipeline. */
  private static final String VERTX = "handler";

  private int unanswered = 1;
  private boolean readWaits;

  private Pipelining() {}

  /**
   * Watches a connection of HTTP/1 from its first request on; does nothing when it does already.
   */
  static void bound(HttpConnection connection) {
    if (connection instanceof ConnectionBase base) {
      ChannelPipeline pipeline = base.channel().pipeline();
      if (pipeline.get(NAME) == null && pipeline.get(VERTX) != null) {
        pipeline.addBefore(VERTX, NAME, new Pipelining());
      }
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest && ++unanswered > TOO_MANY_UNANSWERED) {
      // One read can bring thousands, and Vert.x would make an object of each at once.
      var unused = context.close();
    }
    if (unanswered > TOO_MANY_UNANSWERED) {
      ReferenceCountUtil.release(message);
    } else {
      context.fireChannelRead(message);
    }
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof LastHttpContent && !isInterim(message)) {
      unanswered--;
    }
    // What becomes of it, the promise tells.
    var unused = context.write(message, promise);
    release(context);
  }

  @Override
  public void read(ChannelHandlerContext context) {
    if (isFull(context)) {
      readWaits = true;
    } else {
      context.read();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    context.fireChannelWritabilityChanged();
    release(context);
  }

  /** A {@code 100 Continue}, after which the answer is still to come. */
  private static boolean isInterim(Object message) {
    return message instanceof HttpResponse response
        && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
  }

  private void release(ChannelHandlerContext context) {
    if (readWaits && !isFull(context)) {
      readWaits = false;
      context.read();
    }
  }

  private boolean isFull(ChannelHandlerContext context) {
    return unanswered > MAX_UNANSWERED || !context.channel().isWritable();
  }
}
