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

  /**
   * Reads the mesh once, whole, and leaves no watch behind.
   *
   * @throws MeshUnavailableException if something without which nothing can be said cannot be read
   */
  MeshDocuments documents() throws MeshUnavailableException, InterruptedException;

  /**
   * The make's translator, told of this mesh's settings: from the {@link #documents()} it reads
   * what the source offers.
   */
  Translator translator();

  @Override
  void close();
}
