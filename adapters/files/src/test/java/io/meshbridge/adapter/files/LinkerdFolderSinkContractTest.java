package io.meshbridge.adapter.files;

import io.meshbridge.testkit.contract.MeshRig;
import io.meshbridge.testkit.contract.SinkContract;

class LinkerdFolderSinkContractTest extends SinkContract {
  @Override
  protected MeshRig startRig() {
    return new LinkerdFolderRig();
  }
}
