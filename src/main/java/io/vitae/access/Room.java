package io.vitae.access;

import io.vitae.wire.AnswerRoom;
import io.vitae.wire.ErrorCode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Places for requests and room for their bodies, and then for their answers. One workspace may have
 * half of either, so that a busy one leaves the others theirs. Safe for use by many threads.
 */
final class Room {
  /**
   * How many bytes more than its body an answer may have whatever room is left: what was stored is
   * told, and why something was refused.
   */
  private static final long LITTLE = 16 << 10;

  private final int places;
  private final long bytes;

  private final Use all = new Use();
  private final Map<Long, Use> byWorkspace = new HashMap<>();

  Room(int places, long bytes) {
    this.places = places;
    this.bytes = bytes;
  }

  private static final class Use {
    int places;
    long bytes;

    void add(int morePlaces, long moreBytes) {
      places += morePlaces;
      bytes += moreBytes;
    }

    /** A body may be as large as all of the room, when it is alone. */
    boolean isFull(int mostPlaces, long mostBytes, long size) {
      return places >= mostPlaces || lacks(mostBytes, size);
    }

    boolean lacks(long mostBytes, long size) {
      return bytes > 0 && bytes + size > mostBytes;
    }
  }

  /** How many places are taken. */
  synchronized int taken() {
    return all.places;
  }

  /**
   * A place that is not taken yet.
   *
   * @param size how many bytes the body has
   */
  Place place(long size) {
    return new Place(size);
  }

  private synchronized Optional<ErrorCode> enter(long workspace, long size) {
    Use own = byWorkspace.getOrDefault(workspace, new Use());
    if (own.isFull(Math.max(1, places / 2), bytes / 2, size)) {
      return Optional.of(ErrorCode.TOO_MANY_REQUESTS);
    }
    if (all.isFull(places, bytes, size)) {
      return Optional.of(ErrorCode.UNAVAILABLE);
    }
    all.add(1, size);
    own.add(1, size);
    byWorkspace.put(workspace, own);
    return Optional.empty();
  }

  /** Whether there is room for an answer where there was a body. */
  private synchronized boolean exchange(long workspace, long body, long answer) {
    Use own = byWorkspace.get(workspace);
    all.add(0, -body);
    own.add(0, -body);
    boolean fits =
        answer - body <= LITTLE || !(own.lacks(bytes / 2, answer) || all.lacks(bytes, answer));
    long size = fits ? answer : body;
    all.add(0, size);
    own.add(0, size);
    return fits;
  }

  private synchronized void leave(long workspace, long size) {
    all.add(-1, -size);
    Use own = byWorkspace.get(workspace);
    own.add(-1, -size);
    if (own.places == 0) {
      byWorkspace.remove(workspace);
    }
  }

  /** Where one request is, from when its workspace is known until its end. */
  final class Place implements AnswerRoom {
    private long size;
    private boolean held;
    private boolean left;
    private Optional<Long> workspace = Optional.empty();

    private Place(long size) {
      this.size = size;
    }

    /**
     * Takes the place, unless it has been taken or left already.
     *
     * @return {@link ErrorCode#TOO_MANY_REQUESTS} when the workspace has its share, {@link
     *     ErrorCode#UNAVAILABLE} when nobody has room; empty when all is well
     */
    synchronized Optional<ErrorCode> take(long workspaceId) {
      if (left || workspace.isPresent()) {
        return Optional.empty();
      }
      Optional<ErrorCode> refusal = enter(workspaceId, size);
      if (refusal.isEmpty()) {
        workspace = Optional.of(workspaceId);
      }
      return refusal;
    }

    @Override
    public synchronized boolean hold(long answer) {
      held = true;
      boolean fits = left || workspace.isEmpty() || exchange(workspace.get(), size, answer);
      size = fits ? answer : size;
      return fits;
    }

    /** Gives it back, whether it was taken or not, unless an answer holds it. */
    synchronized void leave() {
      if (!held) {
        release();
      }
    }

    @Override
    public synchronized void release() {
      if (!left) {
        left = true;
        workspace.ifPresent(id -> Room.this.leave(id, size));
      }
    }
  }
}
