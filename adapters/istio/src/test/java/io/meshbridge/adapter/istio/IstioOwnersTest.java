package io.meshbridge.adapter.istio;

import io.meshbridge.spi.MeshConnection;
import io.meshbridge.testkit.contract.OwnersContract;
import io.meshbridge.testkit.kubernetes.KubernetesTestApi;

/** How owners in a cluster with Istio are told. */
class IstioOwnersTest extends OwnersContract {
  IstioOwnersTest() {
    super(Cluster.MESH);
  }

  @Override
  protected MeshConnection connect(KubernetesTestApi api, String... namesAndValues) {
    return new Cluster(api).connect(namesAndValues);
  }
}
