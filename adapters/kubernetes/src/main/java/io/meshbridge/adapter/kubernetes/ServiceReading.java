package io.meshbridge.adapter.kubernetes;

import io.meshbridge.model.EndpointList;
import io.meshbridge.model.ServicePort;
import java.util.List;
import java.util.SortedSet;

/** A Service and its slices, together. */
public sealed interface ServiceReading {
  /**
   * It can be offered, as far as Kubernetes goes.
   *
   * @param hostnames the names by which the cluster calls it
   * @param targets the ports on which its pods answer, as far as they are known
   * @param problems what reading could not keep
   */
  record Readable(
      List<ServicePort> ports,
      List<String> hostnames,
      EndpointList endpoints,
      SortedSet<Integer> targets,
      List<Problem> problems)
      implements ServiceReading {}

  /**
   * It cannot be offered.
   *
   * @param reason for its owner
   */
  record Unreadable(String reason) implements ServiceReading {}
}
