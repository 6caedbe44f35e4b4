package io.meshbridge.adapter.consul;

import io.meshbridge.testkit.contract.MeshRig;
import io.meshbridge.testkit.contract.SinkContract;

class ConsulSinkContractTest extends SinkContract {
  @Override
  protected MeshRig startRig() {
    return new ConsulRig();
  }
}
