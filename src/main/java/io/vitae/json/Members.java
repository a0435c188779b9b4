package io.vitae.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * The members of one object, in the order in which they came. It looks at each in turn: objects of
 * a profile have a handful, and a table of so few takes three times the room and longer to fill.
 * For more than {@link #FEW} a table is the better map.
 */
final class Members extends AbstractMap<String, JsonNode> {
  /** How many it is meant for at most: a profile has about 25. */
  static final int FEW = 32;

  /** Names and values in turn. */
  private Object[] slots;

  private int end;

  private boolean frozen;

  /** A bit for each name, which names that are not there mostly do not have. */
  private long bits;

  /**
   * Those that were collected.
   *
   * @param slots names, all different, and values in turn; not copied
   * @param bits the {@link #bit} of each name
   */
  Members(Object[] slots, long bits) {
    this.slots = slots;
    this.end = slots.length;
    this.bits = bits;
  }

  @Override
  public int size() {
    return end / 2;
  }

  @Override
  public boolean containsKey(Object name) {
    return find(name) < end;
  }

  @Override
  public JsonNode get(Object name) {
    int slot = find(name);
    return slot < end ? value(slot) : null;
  }

  /** Where a name is, or the end. */
  private int find(Object name) {
    return (bits & bit(name)) == 0 ? end : find(slots, 0, end, name);
  }

  /** Where a name is among others, from a slot to an end, or the end. */
  static int find(Object[] slots, int start, int end, Object name) {
    // Names that the API knows are the same strings everywhere: most are found so, or not there.
    for (int slot = start; slot < end; slot += 2) {
      if (slots[slot] == name) {
        return slot;
      }
    }
    int hash = name.hashCode();
    int slot = start;
    // A name keeps its hash, and those of two names that differ are mostly different, too.
    while (slot < end && !(slots[slot].hashCode() == hash && slots[slot].equals(name))) {
      slot += 2;
    }
    return slot;
  }

  /** One of 64, by the lowest bits of the hash. */
  static long bit(Object name) {
    return 1L << name.hashCode();
  }

  /** These, which from now on nobody can change. */
  Members frozen() {
    frozen = true;
    return this;
  }

  private void change() {
    if (frozen) {
      throw new UnsupportedOperationException("What was read to be written again stays as it is");
    }
  }

  @Override
  public JsonNode put(String name, JsonNode value) {
    change();
    int slot = find(name);
    if (slot < end) {
      JsonNode before = value(slot);
      slots[slot + 1] = value;
      return before;
    }
    if (end == slots.length) {
      slots = Arrays.copyOf(slots, Math.max(2, 2 * end));
    }
    bits |= bit(name);
    slots[end] = name;
    slots[end + 1] = value;
    end += 2;
    return null;
  }

  private String name(int slot) {
    return (String) slots[slot];
  }

  private JsonNode value(int slot) {
    return (JsonNode) slots[slot + 1];
  }

  @Override
  public Set<Map.Entry<String, JsonNode>> entrySet() {
    return new Entries();
  }

  private final class Entries extends AbstractSet<Map.Entry<String, JsonNode>> {
    @Override
    public int size() {
      return Members.this.size();
    }

    @Override
    public Iterator<Map.Entry<String, JsonNode>> iterator() {
      return new Walk();
    }
  }

  private final class Walk implements Iterator<Map.Entry<String, JsonNode>> {
    private int next;

    @Override
    public boolean hasNext() {
      return next < end;
    }

    @Override
    public Map.Entry<String, JsonNode> next() {
      if (next >= end) {
        throw new NoSuchElementException();
      }
      next += 2;
      return Map.entry(name(next - 2), value(next - 2));
    }

    /** Removes what {@link #next} gave last; once for each. */
    @Override
    public void remove() {
      change();
      System.arraycopy(slots, next, slots, next - 2, end - next);
      next -= 2;
      end -= 2;
      slots[end] = null;
      slots[end + 1] = null;
    }
  }
}
