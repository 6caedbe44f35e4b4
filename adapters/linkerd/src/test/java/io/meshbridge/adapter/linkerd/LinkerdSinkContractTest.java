package io.meshbridge.adapter.linkerd;

import io.meshbridge.testkit.contract.MeshRig;
import io.meshbridge.testkit.contract.SinkContract;

class LinkerdSinkContractTest extends SinkContract {
  @Override
  protected MeshRig startRig() {
    return new LinkerdRig();
  }
}
