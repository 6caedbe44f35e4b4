package io.meshbridge.spi;

import io.meshbridge.model.ServiceKey;
import java.util.function.Consumer;

/**
 * Tells the owners of a mesh's services, where they look anyway, what became of their exports. It
 * writes only what nobody else has written there, and only what differs from what stands.
 *
 * <p>The host calls {@link #tell} one after the other.
 */
public interface Owners extends AutoCloseable {
  /**
   * Reads what owners have, then keeps watching it. May be called again: it begins anew.
   *
   * @param touched told, from any thread, for which service something may have to be said (again),
   *     among them each for which there is a place to say it
   * @throws MeshUnavailableException if it could not be read completely
   */
  void start(Consumer<ServiceKey> touched) throws MeshUnavailableException, InterruptedException;

  /**
   * Tells an owner how his export stands, and what has happened to it. Telling the same twice
   * writes once.
   *
   * @param permit checked right before every write
   * @throws MeshUnavailableException if the mesh cannot be reached or answers that it cannot, or
   *     may not, just now; the host tells the same news again later
   */
  void tell(ExportNews news, WritePermit permit)
      throws MeshUnavailableException, InterruptedException;

  @Override
  void close();
}
