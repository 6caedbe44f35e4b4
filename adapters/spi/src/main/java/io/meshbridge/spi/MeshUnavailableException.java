package io.meshbridge.spi;

/**
 * The mesh could not be reached, or answered that it cannot serve just now. Trying again later may
 * help; nothing may be concluded from it.
 */
public final class MeshUnavailableException extends Exception {
  /** With what was tried, and what the mesh answered; without secrets. */
  public MeshUnavailableException(String message) {
    super(message);
  }

  /** The same, with its cause. */
  public MeshUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
