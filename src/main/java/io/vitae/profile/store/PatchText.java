package io.vitae.profile.store;

import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vitae.profile.document.LargeSection;
import io.vitae.profile.document.Patch;
import io.vitae.wire.Buffers;
import java.util.ArrayList;
import java.util.List;

/**
 * The pieces of a patch that a statement takes, and the document that it makes of what was kept.
 */
final class PatchText {
  private PatchText() {}

  /** All but the large sections and the closing brace. */
  static Buffer rest(Patch patch) {
    return Buffers.of(patch.rest());
  }

  /** The value of a large section; null when the patch leaves it alone. */
  static Buffer section(Patch patch, LargeSection section) {
    return patch.section(section).map(Buffers::of).orElse(null);
  }

  /** The text of an object with the members of both, which have none in common. */
  static Buffer joined(Patch patch, Patch other) {
    Pieces pieces = new Pieces(patch);
    pieces.addMembers(Buffers.of(other.json()));
    return pieces.object();
  }

  /**
   * The text of the patch with what a row says was kept beside it: other members, and the large
   * sections that it does not have.
   */
  static Buffer withKept(Patch patch, Row row) {
    Pieces pieces = new Pieces(patch);
    pieces.addMembers(row.getBuffer("kept").getDelegate());
    for (LargeSection section : LargeSection.values()) {
      if (!patch.has(section)) {
        pieces.add(Buffer.buffer("\"" + section.member() + "\":"));
        pieces.value(row.getBuffer(section.member()).getDelegate());
      }
    }
    return pieces.object();
  }

  /**
   * Puts an object together of texts that are there. They are not copied: a profile has kilobytes,
   * and many are answered at once when their statement returns.
   */
  private static final class Pieces {
    private static final byte[] COMMA = {','};
    private static final byte[] END = {'}'};

    private final List<Buffer> pieces = new ArrayList<>(4);
    private final Buffer patch;
    private boolean empty;

    Pieces(Patch patch) {
      this.patch = Buffers.of(patch.json());
      this.empty = patch.length() <= 2;
      pieces.add(this.patch.slice(0, patch.length() - 1));
    }

    /** Adds the members of an object. */
    void addMembers(Buffer object) {
      if (object.length() > 2) {
        add(object.slice(1, object.length() - 1));
      }
    }

    /** Adds members, or the beginning of one. */
    void add(Buffer members) {
      if (!empty) {
        pieces.add(Buffers.of(COMMA));
      }
      pieces.add(members);
      empty = false;
    }

    /** Adds the value of the member that was begun. */
    void value(Buffer value) {
      pieces.add(value);
    }

    Buffer object() {
      if (pieces.size() == 1) {
        return patch;
      }
      pieces.add(Buffers.of(END));
      return Buffers.joined(pieces);
    }
  }
}
