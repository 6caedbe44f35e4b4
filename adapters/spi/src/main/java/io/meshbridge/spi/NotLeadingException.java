package io.meshbridge.spi;

/** This process does not speak for the mesh (any more): the write was not made. */
public final class NotLeadingException extends RuntimeException {
  /** With what the permit knows of the reason. */
  public NotLeadingException(String message) {
    super(message);
  }
}
