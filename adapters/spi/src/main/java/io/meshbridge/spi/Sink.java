package io.meshbridge.spi;

import io.meshbridge.model.Import;
import io.meshbridge.model.Ownership;
import io.meshbridge.model.ServiceKey;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Writes imports into a mesh. It changes and deletes only objects that bear the {@link Ownership}
 * of its federation and mesh; a name or host that somebody else holds is a conflict, before and
 * after our own write.
 *
 * <p>The host never calls {@link #apply} or {@link #remove} twice at once for one service, but
 * calls them at once for different services.
 */
public interface Sink {
  /**
   * Reads all objects that bear our ownership, then keeps watching the target.
   *
   * @param touched told, from any thread, which service's import may no longer be as applied:
   *     because somebody changed or removed it, or took or freed its name. May be told too often.
   * @throws MeshUnavailableException if the target could not be read completely
   */
  void start(Consumer<ServiceKey> touched) throws MeshUnavailableException, InterruptedException;

  /**
   * What the target holds of ours, as last seen. Complete once {@link #start} has returned.
   *
   * @throws MeshUnavailableException if the target has not been read completely
   */
  Map<ServiceKey, Ownership> owned() throws MeshUnavailableException;

  /**
   * Whether the target holds anything of ours for a service, as last seen. Asked for single
   * changes: a sink whose {@link #owned()} looks at everything answers this without.
   *
   * @throws MeshUnavailableException as in {@link #owned}
   */
  default boolean holds(ServiceKey service) throws MeshUnavailableException {
    return owned().containsKey(service);
  }

  /**
   * Brings the target's form of this import to what it should be. Writes only if a field that we
   * own differs: applying twice writes once.
   *
   * @param permit checked right before every write
   * @throws MeshUnavailableException if the target cannot be reached or answers that it cannot just
   *     now; the host tries again later
   */
  ApplyOutcome apply(Import desired, WritePermit permit)
      throws MeshUnavailableException, InterruptedException;

  /**
   * Removes every object of ours for this service; none there is success.
   *
   * @param permit checked right before every write
   * @return whether something was removed
   * @throws MeshUnavailableException as in {@link #apply}
   */
  boolean remove(ServiceKey service, WritePermit permit)
      throws MeshUnavailableException, InterruptedException;

  /**
   * Once every import has been removed for good: takes away what else was made for imports, where
   * nothing of others can go with it.
   *
   * @param permit checked right before every write
   * @return what has to stay, each with what its owners can do
   * @throws MeshUnavailableException as in {@link #apply}
   */
  default List<String> tidy(WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    return List.of();
  }
}
