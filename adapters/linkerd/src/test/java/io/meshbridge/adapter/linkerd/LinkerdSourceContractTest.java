package io.meshbridge.adapter.linkerd;

import io.meshbridge.testkit.contract.MeshRig;
import io.meshbridge.testkit.contract.SourceContract;

class LinkerdSourceContractTest extends SourceContract {
  @Override
  protected MeshRig startRig() {
    return new LinkerdRig();
  }
}
