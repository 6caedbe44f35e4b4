package io.meshbridge.adapter.files;

import io.meshbridge.testkit.contract.MeshRig;
import io.meshbridge.testkit.contract.SinkContract;

class IstioFolderSinkContractTest extends SinkContract {
  @Override
  protected MeshRig startRig() {
    return new IstioFolderRig();
  }
}
