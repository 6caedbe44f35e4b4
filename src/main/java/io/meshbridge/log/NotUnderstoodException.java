package io.meshbridge.log;

/** A value that a newer version may have written, and that this one must not act upon. */
final class NotUnderstoodException extends Exception {
  private final String reason;

  NotUnderstoodException(String reason) {
    super(reason, null, false, false);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
