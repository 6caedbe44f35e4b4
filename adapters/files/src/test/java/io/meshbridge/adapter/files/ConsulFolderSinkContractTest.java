package io.meshbridge.adapter.files;

import io.meshbridge.testkit.contract.MeshRig;
import io.meshbridge.testkit.contract.SinkContract;

class ConsulFolderSinkContractTest extends SinkContract {
  @Override
  protected MeshRig startRig() {
    return new ConsulFolderRig();
  }
}
