package io.meshbridge.cli;

import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.spi.Sink;
import io.meshbridge.spi.WritePermit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * What became of an attempt to remove all that is ours from a mesh.
 *
 * @param removed how many imports
 * @param left what has to stay, each with the reason or with what to do
 */
record Uninstallation(int removed, List<String> left) {
  private static final int ATTEMPTS = 3;

  /**
   * Tries.
   *
   * @throws MeshUnavailableException if the mesh cannot be read at all
   */
  static Uninstallation of(Sink sink) throws MeshUnavailableException, InterruptedException {
    sink.start(ignored -> {});
    int removed = 0;
    var left = new ArrayList<String>();
    for (ServiceKey service : new TreeSet<>(sink.owned().keySet())) {
      var fault = faultOfRemoving(sink, service);
      if (fault.isEmpty()) {
        removed++;
      } else {
        left.add("the import of " + service + ": " + fault);
      }
    }
    try {
      left.addAll(sink.tidy(WritePermit.ALWAYS));
    } catch (MeshUnavailableException unavailable) {
      left.add(String.valueOf(unavailable.getMessage()));
    }
    return new Uninstallation(removed, List.copyOf(left));
  }

  /** Why a service's import could not be removed; empty if it was. */
  private static String faultOfRemoving(Sink sink, ServiceKey service) throws InterruptedException {
    var fault = "";
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        sink.remove(service, WritePermit.ALWAYS);
        return "";
      } catch (MeshUnavailableException unavailable) {
        fault = String.valueOf(unavailable.getMessage());
      }
    }
    return fault;
  }
}
