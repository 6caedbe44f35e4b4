package io.meshbridge.adapter.kubernetes;

/** What became of one object of an import. */
public sealed interface Standing {
  /**
   * It is as it should be.
   *
   * @param object as it is now
   * @param written whether that took a write
   */
  record Good(KubeObject object, boolean written) implements Standing {}

  /**
   * Somebody else holds its name.
   *
   * @param holder who does, such as {@code Service shop/web}
   */
  record Held(String holder) implements Standing {}

  /** Its namespace is not there, and is not ours to create. */
  record Homeless(String reason) implements Standing {}

  /** The server refuses it for good. */
  record Denied(String reason) implements Standing {}
}
