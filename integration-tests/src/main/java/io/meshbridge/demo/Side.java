package io.meshbridge.demo;

import io.meshbridge.it.BridgeConfiguration;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** One of the meshes: changed and looked at from outside, without asking the bridge. */
interface Side extends AutoCloseable {
  /** Its id in the federation. */
  String mesh();

  /** What it is and where, for people. */
  String place();

  /** The configuration with this mesh in it. */
  BridgeConfiguration addTo(BridgeConfiguration configuration);

  /** The services that it offers and that can be called from elsewhere. */
  List<String> offered() throws IOException;

  /** Changes one of those. */
  Edit change() throws IOException;

  /**
   * Where an import stands here that bears all of these texts.
   *
   * @param from the mesh that offers the service
   * @param service its name there
   * @param trace what else must be seen; may be empty
   * @return a file or an address, empty if there is none yet
   */
  Optional<String> sight(String from, String service, String trace) throws IOException;

  @Override
  void close();
}
