package io.meshbridge.log;

import io.meshbridge.model.MeshId;

/** Takes what became of imports, to be told in the log. Neither blocks nor throws. */
@FunctionalInterface
public interface StatusSink {
  /**
   * Sends the latest word on one thing; an earlier one that is still waiting is replaced.
   *
   * @param target the mesh in whose status topic it stands
   * @param key the record's key
   * @param jsonOrEmptyForTombstone the record's value; empty takes the key away
   */
  void send(MeshId target, String key, String jsonOrEmptyForTombstone);
}
