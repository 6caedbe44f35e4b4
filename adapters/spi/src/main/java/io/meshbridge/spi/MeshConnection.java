package io.meshbridge.spi;

import java.util.Optional;

/**
 * A live mesh: what it offers, and where imports are written. Closing is idempotent, ends both
 * halves, and the telling of owners, and tolerates that none was started.
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

  /**
   * Tells the owners of the mesh's services what became of their exports; empty if that is not
   * switched on, or if the make has no place for it.
   */
  default Optional<Owners> owners() {
    return Optional.empty();
  }

  @Override
  void close();
}
