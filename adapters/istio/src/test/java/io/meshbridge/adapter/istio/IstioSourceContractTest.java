package io.meshbridge.adapter.istio;

import io.meshbridge.testkit.contract.MeshRig;
import io.meshbridge.testkit.contract.SourceContract;

class IstioSourceContractTest extends SourceContract {
  @Override
  protected MeshRig startRig() {
    return new IstioRig();
  }
}
