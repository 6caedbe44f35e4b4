package io.meshbridge.adapter.istio;

import io.meshbridge.testkit.contract.MeshRig;
import io.meshbridge.testkit.contract.SinkContract;

class IstioSinkContractTest extends SinkContract {
  @Override
  protected MeshRig startRig() {
    return new IstioRig();
  }
}
