package io.meshbridge.model;

/**
 * The name of a mesh within its federation: a DNS label (RFC 1123), since it becomes part of host
 * names and topic names.
 *
 * @param value 1 to 63 characters of {@code a-z}, {@code 0-9} and {@code -}
 */
public record MeshId(String value) implements Comparable<MeshId> {
  /**
   * @throws IllegalArgumentException if the value is no DNS label
   */
  public MeshId {
    Checks.require(
        Checks.isDnsLabel(value),
        "a mesh id must be a DNS label (a-z, 0-9, '-', at most 63 characters), but is '"
            + value
            + "'");
  }

  @Override
  public int compareTo(MeshId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
