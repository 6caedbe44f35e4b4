package io.meshbridge.adapter.linkerd;

/** How slices that a bridge manages are told from those of others, as Kubernetes asks for. */
final class OwnSlices {
  static final String MANAGED_BY = "endpointslice.kubernetes.io/managed-by";
  static final String MANAGER = "meshbridge.io";

  private OwnSlices() {}
}
