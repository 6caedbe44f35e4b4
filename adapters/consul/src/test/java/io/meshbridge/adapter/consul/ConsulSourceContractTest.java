package io.meshbridge.adapter.consul;

import io.meshbridge.testkit.contract.MeshRig;
import io.meshbridge.testkit.contract.SourceContract;

class ConsulSourceContractTest extends SourceContract {
  @Override
  protected MeshRig startRig() {
    return new ConsulRig();
  }
}
