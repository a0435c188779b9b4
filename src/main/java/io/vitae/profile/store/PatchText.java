package io.vitae.profile.store;

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
    List<Buffer> more = new ArrayList<>(1);
    addMembers(more, whole(other));
    return with(patch, more);
  }

  /**
   * The text of the patch with what a row says was kept beside it: other members, and the large
   * sections that it does not have.
   */
  static Buffer withKept(Patch patch, Row row) {
    List<Buffer> more = new ArrayList<>(1);
    addMembers(more, row.getBuffer("kept").getDelegate());
    for (LargeSection section : LargeSection.values()) {
      if (patch.section(section).isEmpty()) {
        more.add(
            Buffer.buffer("\"" + section.member() + "\":")
                .appendBuffer(row.getBuffer(section.member()).getDelegate()));
      }
    }
    return with(patch, more);
  }

  private static void addMembers(List<Buffer> more, Buffer object) {
    if (object.length() > 2) {
      more.add(object.slice(1, object.length() - 1));
    }
  }

  private static Buffer with(Patch patch, List<Buffer> more) {
    Buffer whole = whole(patch);
    if (more.isEmpty()) {
      return whole;
    }
    Buffer joined = Buffer.buffer(2 * whole.length()).appendBuffer(whole, 0, whole.length() - 1);
    boolean first = whole.length() <= 2;
    for (Buffer members : more) {
      if (!first) {
        joined.appendByte((byte) ',');
      }
      joined.appendBuffer(members);
      first = false;
    }
    return joined.appendByte((byte) '}');
  }

  private static Buffer whole(Patch patch) {
    return wrapped(patch.json());
  }

  /** Wrapped in the one way that Vert.x 4 has: its others copy the array. */
  @SuppressWarnings("deprecation")
  private static Buffer wrapped(ByteBuffer text) {
    return Buffer.buffer(Unpooled.wrappedBuffer(text));
  }
}
