package io.meshbridge.model;

/**
 * Where a person finds the thing that is spoken of.
 *
 * @param file a file's path, {@code -} for standard input, or the reference of a live object such
 *     as {@code ServiceEntry bookshop/reviews}
 * @param line the line in that file, counted from 1; 0 if there is none
 */
public record Location(String file, int line) {
  /**
   * @throws IllegalArgumentException if the line is negative
   */
  public Location {
    Checks.require(line >= 0, "a line must not be negative, but is " + line);
  }

  /** A live object, or a file as a whole. */
  public static Location of(String file) {
    return new Location(file, 0);
  }

  @Override
  public String toString() {
    return line == 0 ? file : file + ":" + line;
  }
}
