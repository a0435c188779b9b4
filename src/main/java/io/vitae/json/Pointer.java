package io.vitae.json;

/**
 * A place in a JSON document, kept as a chain of steps and rendered as a JSON Pointer (RFC 6901)
 * only when something is wrong there, which for most documents is never.
 */
public final class Pointer {
  /** Longest member name, in Unicode code points, that a pointer spells out. */
  public static final int MAX_NAME_LENGTH = 255;

  private final Pointer parent;
  private final String name;
  private final int index;

  private Pointer(Pointer parent, String name, int index) {
    this.parent = parent;
    this.name = name;
    this.index = index;
  }

  /**
   * A starting point.
   *
   * @param base an already rendered pointer: empty for the whole document, or for example {@code
   *     /profile}
   */
  public static Pointer root(String base) {
    return new Pointer(null, base, -1);
  }

  /** The member {@code memberName} of this object. */
  public Pointer child(String memberName) {
    return new Pointer(this, memberName, -1);
  }

  /** The element {@code position}, from 0, of this array. */
  public Pointer child(int position) {
    return new Pointer(this, null, position);
  }

  /**
   * The JSON Pointer. It ends at the nearest ancestor that can be named when a step on the way
   * cannot: a lone surrogate would break the answer that carries the pointer, and names of any
   * length would let a small request ask for a huge answer.
   */
  @Override
  public String toString() {
    StringBuilder pointer = new StringBuilder();
    render(pointer);
    return pointer.toString();
  }

  private boolean render(StringBuilder pointer) {
    if (parent == null) {
      pointer.append(name);
      return true;
    }
    if (!parent.render(pointer)) {
      return false;
    }
    if (name == null) {
      pointer.append('/').append(index);
      return true;
    }
    if (Text.isLongerThan(name, MAX_NAME_LENGTH) || !Text.isStorable(name)) {
      return false;
    }
    pointer.append('/').append(name.replace("~", "~0").replace("/", "~1"));
    return true;
  }
}
