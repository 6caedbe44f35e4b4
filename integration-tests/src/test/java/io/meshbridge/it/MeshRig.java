package io.meshbridge.it;

import java.io.IOException;
import java.util.List;
import java.util.SortedSet;

/** A mesh in the hands of a test. It belongs to nobody else, and knows nothing of the bridge. */
interface MeshRig {
  /** What it says of its services. */
  Oracle.Origin origin();

  /** The configuration with this mesh in it. */
  BridgeConfiguration addTo(BridgeConfiguration configuration);

  /** Does something to it; returns when the mesh has acknowledged it. */
  void apply(Operation operation) throws IOException;

  /** What bridges wrote into it, in the {@link Oracle}'s words. */
  SortedSet<String> imports() throws IOException;

  /** What the oracle expects here of these operations on another mesh. */
  SortedSet<String> expected(String federation, MeshRig other, List<Operation> operations);

  default String id() {
    return origin().mesh();
  }

  default void put(Shop shop) throws IOException {
    apply(new Operation.Put(shop));
  }

  default void remove(String name) throws IOException {
    apply(new Operation.Remove(name));
  }
}
