package io.vitae.profile.rules;

/**
 * How big a profile may be in its parts (contract, "Limits").
 *
 * @param depth how deep objects and arrays may be nested; the profile itself is depth 1
 * @param listEntries most elements of an array, known or not; objects are bounded by the body's
 *     size
 * @param stringLength most characters of a string, counted as Unicode code points
 */
public record ProfileLimits(int depth, int listEntries, int stringLength) {
  /** Refuses limits that would refuse every profile. */
  public ProfileLimits {
    if (depth < 1 || listEntries < 1 || stringLength < 1) {
      throw new IllegalArgumentException("Profile limits must be at least 1");
    }
  }
}
