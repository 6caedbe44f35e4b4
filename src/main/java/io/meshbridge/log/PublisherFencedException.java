package io.meshbridge.log;

/**
 * The broker let another publisher take over this mesh's topic, so nothing of what was to be
 * published stands. Whoever gets this no longer speaks for the mesh.
 */
public final class PublisherFencedException extends Exception {
  /** With the topic and what the broker said. */
  public PublisherFencedException(String message, Throwable cause) {
    super(message, cause);
  }
}
