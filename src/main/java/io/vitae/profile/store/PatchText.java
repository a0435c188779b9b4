package io.vitae.profile.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vitae.profile.document.LargeSection;
import io.vitae.profile.document.Patch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The pieces of a patch that a statement takes, and the document that it makes of what was kept.
 */
final class PatchText {
  private PatchText() {}

  /** All but the large sections and the closing brace. */
  static Buffer rest(Patch patch) {
    return wrapped(patch.rest());
  }

  /** The value of a large section; null when the patch leaves it alone. */
  static Buffer section(Patch patch, LargeSection section) {
    return patch.section(section).map(PatchText::wrapped).orElse(null);
  }

  /** The text of an object with the members of both, which have none in common. */
  static Buffer joined(Patch patch, Patch other) {
    Pieces pieces = new Pieces(patch);
    pieces.addMembers(Unpooled.wrappedBuffer(other.json()));
    return pieces.object();
  }

  /**
   * The text of the patch with what a row says was kept beside it: other members, and the large
   * sections that it does not have.
   */
  static Buffer withKept(Patch patch, Row row) {
    Pieces pieces = new Pieces(patch);
    pieces.addMembers(bytes(row, "kept"));
    for (LargeSection section : LargeSection.values()) {
      if (!patch.has(section)) {
        pieces.add(Unpooled.copiedBuffer("\"" + section.member() + "\":", UTF_8));
        pieces.value(bytes(row, section.member()));
      }
    }
    return pieces.object();
  }

  /** Unwrapped in the one way that Vert.x 4 has. */
  @SuppressWarnings("deprecation")
  private static ByteBuf bytes(Row row, String column) {
    return row.getBuffer(column).getDelegate().getByteBuf();
  }

  /**
   * Puts an object together of texts that are there. They are not copied: the answer does that, and
   * of the requests that share a statement each at its own turn.
   */
  private static final class Pieces {
    private static final ByteBuf COMMA = constant(',');
    private static final ByteBuf END = constant('}');

    private final List<ByteBuf> pieces = new ArrayList<>(4);
    private final ByteBuf patch;
    private boolean empty;

    Pieces(Patch patch) {
      this.patch = Unpooled.wrappedBuffer(patch.json());
      pieces.add(this.patch.slice(0, this.patch.readableBytes() - 1));
      empty = this.patch.readableBytes() <= 2;
    }

    private static ByteBuf constant(char c) {
      return Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(new byte[] {(byte) c}));
    }

    /** Adds the members of an object. */
    void addMembers(ByteBuf object) {
      if (object.readableBytes() > 2) {
        add(object.slice(1, object.readableBytes() - 2));
      }
    }

    /** Adds members, or the beginning of one. */
    void add(ByteBuf members) {
      if (!empty) {
        pieces.add(COMMA.duplicate());
      }
      pieces.add(members);
      empty = false;
    }

    /** Adds the value of the member that was begun. */
    void value(ByteBuf value) {
      pieces.add(value);
    }

    Buffer object() {
      if (pieces.size() == 1) {
        return wrapped(patch);
      }
      pieces.add(END.duplicate());
      return wrapped(Unpooled.wrappedBuffer(pieces.size(), pieces.toArray(ByteBuf[]::new)));
    }
  }

  private static Buffer wrapped(ByteBuffer text) {
    return wrapped(Unpooled.wrappedBuffer(text));
  }

  /** Wrapped in the one way that Vert.x 4 has: its others copy the array. */
  @SuppressWarnings("deprecation")
  private static Buffer wrapped(ByteBuf text) {
    return Buffer.buffer(text);
  }
}
