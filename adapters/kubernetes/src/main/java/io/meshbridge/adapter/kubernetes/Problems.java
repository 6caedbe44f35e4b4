package io.meshbridge.adapter.kubernetes;

/** Takes what is wrong with an object. */
@FunctionalInterface
public interface Problems {
  /** For readers that ask only for fields that cannot be wrong any more. */
  Problems NONE = (path, message) -> {};

  /**
   * One fault.
   *
   * @param path the field, such as {@code spec.ports[0].port}
   * @param message what is wrong with it, what was expected
   */
  void add(String path, String message);
}
