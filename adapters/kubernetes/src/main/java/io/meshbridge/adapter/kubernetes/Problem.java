package io.meshbridge.adapter.kubernetes;

/**
 * Something about an object that reading could not keep, but that did not cost the object as a
 * whole.
 *
 * @param object the object, such as {@code Service shop/web}
 * @param path the field in it
 * @param message what is wrong, or why it is not carried
 * @param malformed whether its owner made a mistake; else the field is right but cannot be said
 */
public record Problem(String object, String path, String message, boolean malformed) {
  /** A field that is not what it must be. */
  public static Problem malformed(String object, String path, String message) {
    return new Problem(object, path, message, true);
  }

  /** A field that is right, but is not carried to other meshes. */
  public static Problem unsaid(String object, String path, String message) {
    return new Problem(object, path, message, false);
  }
}
