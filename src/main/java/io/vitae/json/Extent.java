package io.vitae.json;

/**
 * How far a document goes, noted while it was read. Limits that the whole of it is within need not
 * be looked for in each of its values.
 *
 * @param depth of objects and arrays in each other; the document itself is depth 1
 * @param nameLength bytes of the longest member name in the body, no fewer than its characters
 * @param stringLength bytes of the longest string in the body, no fewer than its code points
 * @param arrayLength elements of the longest array
 * @param storable whether it is known that no string and no name has a NUL character or a lone
 *     surrogate
 * @param common whether it is known that all numbers are integers of 64 bits or short decimals
 *     without an exponent, and not a thousand of the latter
 */
public record Extent(
    int depth,
    int nameLength,
    int stringLength,
    int arrayLength,
    boolean storable,
    boolean common) {

  /** Of a tree that nobody has measured. */
  public static final Extent UNKNOWN =
      new Extent(
          Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, false, false);
}
