package io.vitae.wire;

import io.netty.buffer.ByteBuf;
import io.quarkus.vertx.utils.NoBoundChecksBuffer;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.buffer.impl.VertxByteBufAllocator;
import io.vertx.core.http.HttpVersion;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;
import org.jboss.resteasy.reactive.server.vertx.VertxResteasyReactiveRequestContext;

/**
 * Copies the body of an answer, once, out of the heap, from where it is sent.
 *
 * <p>The memory there is bounded for itself ({@code MaxDirectMemorySize}) and asked for before
 * anything is sent. So an answer for which there is none is 503, cleanly; in the heap, it could end
 * the process, and of one that failed half way the client would take the next answer for the rest.
 */
@Provider
public class BodyWriter implements ServerMessageBodyWriter<Buffer> {
  /**
   * What the framework is told of a body, so that it need not look for its writer; clients are told
   * what it is at the {@link FrontDoor}. If it were told of JSON, each build would warn that it
   * cannot write any.
   */
  public static final String BYTES = MediaType.APPLICATION_OCTET_STREAM;

  /** Looked up when needed: writers are made before the configuration of a start is read. */
  private final Instance<Streams> streams;

  BodyWriter(Instance<Streams> streams) {
    this.streams = streams;
  }

  @Override
  public boolean isWriteable(
      Class<?> type, Type genericType, ResteasyReactiveResourceInfo target, MediaType mediaType) {
    return true;
  }

  @Override
  public boolean isWriteable(
      Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
    return true;
  }

  @Override
  public void writeResponse(Buffer body, Type genericType, ServerRequestContext context) {
    var answer = (VertxResteasyReactiveRequestContext) context.serverResponse();
    if (answer.vertxServerRequest().version() != HttpVersion.HTTP_2) {
      answer.end(outsideOfTheHeapOrRefusal(body, answer));
      return;
    }
    boolean hasRoom = AnswerRoom.of(answer.getContext()).hold(body.length());
    Buffer copy = hasRoom ? outsideOfTheHeapOrRefusal(body, answer) : refusal(answer);
    streams.get().send(answer.getContext(), copy);
    // The stream may wait for long, and with it what it refers to: not the body in the heap, too.
    answer.setResult(null).setResponse(null);
  }

  private static Buffer outsideOfTheHeapOrRefusal(
      Buffer body, VertxResteasyReactiveRequestContext answer) {
    try {
      return outsideOfTheHeap(body);
    } catch (OutOfMemoryError failure) {
      NoMemory.noted(failure);
      return refusal(answer);
    }
  }

  /** Says that there is no room for the answer, without any header of it. */
  private static Buffer refusal(VertxResteasyReactiveRequestContext answer) {
    answer.setPreCommitListener(null);
    MultiMap headers = answer.getContext().response().headers();
    headers.remove(HttpHeaders.ETAG).remove(IdempotentRequest.REPLAYED);
    return Refusal.begin(answer.getContext(), ErrorCode.UNAVAILABLE);
  }

  /** A copy that is given back when it has been sent; a buffer of Vert.x itself never would be. */
  @SuppressWarnings("deprecation")
  private static Buffer outsideOfTheHeap(Buffer body) {
    ByteBuf copy = VertxByteBufAllocator.POOLED_ALLOCATOR.directBuffer(body.length());
    return new NoBoundChecksBuffer(copy.writeBytes(body.getByteBuf()));
  }

  @Override
  public void writeTo(
      Buffer body,
      Class<?> type,
      Type genericType,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, Object> headers,
      OutputStream stream)
      throws IOException {
    stream.write(body.getBytes());
  }
}
