package io.vitae.database;

import io.vitae.database.Batcher.Pending;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The requests that wait for a batch, by lane; bounded in number and bytes. Lanes take turns, and
 * one lane may fill half of the room, so that a busy workspace leaves the others theirs.
 *
 * <p>Of requests with one identity only the first is in its lane or in a batch; the others follow
 * it one by one. Not safe for use by several threads at once.
 */
final class BatchQueue<Q, A> {
  private final int batchRows;
  private final long batchBytes;
  private final int room;
  private final long roomBytes;

  private final Map<Object, Lane<Q, A>> lanes = new HashMap<>();
  private final Deque<Lane<Q, A>> turns = new ArrayDeque<>();

  /** By identity, those behind the one that is in a lane or a batch. */
  private final Map<Object, Deque<Pending<Q, A>>> followers = new HashMap<>();

  private int waiting;
  private long waitingBytes;

  BatchQueue(BatchConfig config, int rows) {
    batchRows = Math.min(rows, config.rows());
    batchBytes = config.bytes().asLongValue();
    room = config.waiting();
    roomBytes = config.waitingBytes().asLongValue();
  }

  private static final class Lane<Q, A> {
    final Deque<Pending<Q, A>> queue = new ArrayDeque<>();

    /** Followers included. */
    int waiting;

    long bytes;
  }

  /** How many wait. */
  int waiting() {
    return waiting;
  }

  /** Takes a request in, unless there is no room for it. */
  boolean offer(Pending<Q, A> pending) {
    Lane<Q, A> lane = lanes.get(pending.lane);
    boolean full =
        waiting >= room
            || waitingBytes + pending.bytes > roomBytes
            || (lane != null
                && (lane.waiting >= Math.max(1, room / 2)
                    || lane.bytes + pending.bytes > roomBytes / 2));
    if (full) {
      return false;
    }
    count(pending, 1);
    if (pending.identity != null) {
      Deque<Pending<Q, A>> behind = followers.get(pending.identity);
      if (behind != null) {
        behind.add(pending);
        return true;
      }
      followers.put(pending.identity, new ArrayDeque<>(0));
    }
    enqueue(pending, false);
    return true;
  }

  /** Takes back a request of a batch that is to be tried again, before all others. */
  void putBack(Pending<Q, A> pending) {
    count(pending, 1);
    enqueue(pending, true);
  }

  /** Removes the next batch, all of one lane; empty when nothing waits. */
  List<Pending<Q, A>> nextBatch() {
    Lane<Q, A> lane = turns.poll();
    if (lane == null) {
      return List.of();
    }
    List<Pending<Q, A>> batch = new ArrayList<>(Math.min(batchRows, lane.queue.size()));
    long bytes = 0;
    do {
      Pending<Q, A> pending = lane.queue.poll();
      count(pending, -1);
      batch.add(pending);
      bytes += pending.bytes;
    } while (!lane.queue.isEmpty() && fits(batch, bytes, lane.queue.peek()));
    if (!lane.queue.isEmpty()) {
      turns.add(lane);
    }
    return batch;
  }

  private boolean fits(List<Pending<Q, A>> batch, long bytes, Pending<Q, A> next) {
    return batch.size() < batchRows
        && bytes + next.bytes <= batchBytes
        && !next.alone
        && !batch.get(0).alone;
  }

  /** Says that a request of a batch is done, so that the next one of its identity has its turn. */
  void leave(Pending<Q, A> pending) {
    if (pending.identity == null) {
      return;
    }
    Pending<Q, A> next = followers.get(pending.identity).poll();
    if (next == null) {
      followers.remove(pending.identity);
    } else {
      enqueue(next, false);
    }
  }

  /**
   * Removes those that have waited too long.
   *
   * @param latest the {@link System#nanoTime} before which a request must have come
   */
  List<Pending<Q, A>> expired(long latest) {
    List<Pending<Q, A>> late = new ArrayList<>();
    for (Deque<Pending<Q, A>> behind : followers.values()) {
      takeLate(behind, latest, late);
    }
    List<Pending<Q, A>> first = new ArrayList<>();
    for (Lane<Q, A> lane : List.copyOf(turns)) {
      takeLate(lane.queue, latest, first);
    }
    turns.removeIf(lane -> lane.queue.isEmpty());
    late.forEach(pending -> count(pending, -1));
    for (Pending<Q, A> pending : first) {
      count(pending, -1);
      leave(pending);
    }
    late.addAll(first);
    return late;
  }

  private void takeLate(Deque<Pending<Q, A>> queue, long latest, List<Pending<Q, A>> late) {
    queue.removeIf(pending -> pending.since - latest < 0 && late.add(pending));
  }

  private void enqueue(Pending<Q, A> pending, boolean first) {
    Lane<Q, A> lane = lanes.get(pending.lane);
    if (lane.queue.isEmpty()) {
      turns.add(lane);
    }
    if (first) {
      lane.queue.addFirst(pending);
    } else {
      lane.queue.addLast(pending);
    }
  }

  private void count(Pending<Q, A> pending, int sign) {
    Lane<Q, A> lane = lanes.computeIfAbsent(pending.lane, key -> new Lane<>());
    lane.waiting += sign;
    lane.bytes += (long) sign * pending.bytes;
    waiting += sign;
    waitingBytes += (long) sign * pending.bytes;
    if (lane.waiting == 0) {
      lanes.remove(pending.lane);
    }
  }
}
