package io.meshbridge.cli;

/** A system that a command needs does not answer. */
public final class UnreachableException extends Exception {
  /** With what was tried, what was answered, and what to do. */
  public UnreachableException(String message) {
    super(message);
  }

  /** The same, with its cause. */
  public UnreachableException(String message, Throwable cause) {
    super(message, cause);
  }
}
