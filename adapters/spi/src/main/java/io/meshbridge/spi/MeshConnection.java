package io.meshbridge.spi;

/**
 * A live mesh: what it offers, and where imports are written. Closing is idempotent, ends both
 * halves and tolerates that neither was started.
 */
public interface MeshConnection extends AutoCloseable {
  /** The half that reads. */
  Source source();

  /** The half that writes. */
  Sink sink();

  @Override
  void close();
}
