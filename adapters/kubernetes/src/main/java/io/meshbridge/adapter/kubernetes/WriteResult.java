package io.meshbridge.adapter.kubernetes;

/** How the API server took a write. */
public sealed interface WriteResult {
  /** It was made; this is the object now (or as it was, if it was deleted). */
  record Done(KubeObject object) implements WriteResult {}

  /** An object of that name is there already. */
  record Taken() implements WriteResult {}

  /** Another field manager holds a field with another value. */
  record Contested(String message) implements WriteResult {}

  /** The object is not the one, or not in the state, that the write was meant for. */
  record Outdated() implements WriteResult {}

  /** The object, its namespace or its kind is not there. */
  record Missing(String message) implements WriteResult {}

  /**
   * Refused for good: a missing right, or a value that the server does not accept.
   *
   * @param forbidden whether it is the right that is missing
   */
  record Denied(String reason, boolean forbidden) implements WriteResult {
    /** A value is not accepted. */
    public Denied(String reason) {
      this(reason, false);
    }
  }
}
