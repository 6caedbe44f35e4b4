package io.meshbridge.adapter.istio;

/** Knows the names that are not ours to write. */
final class Hosts {
  private Hosts() {}

  /** Whether the name belongs to the cluster or to a Consul, so that no bridge may take it. */
  static boolean belongsToTarget(String host, String clusterDomain) {
    return !host.contains(".")
        || host.endsWith(".svc")
        || host.equals("svc." + clusterDomain)
        || host.endsWith(".svc." + clusterDomain)
        || host.endsWith(".consul");
  }
}
