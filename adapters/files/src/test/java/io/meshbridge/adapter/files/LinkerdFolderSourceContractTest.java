package io.meshbridge.adapter.files;

import io.meshbridge.testkit.contract.MeshRig;
import io.meshbridge.testkit.contract.SourceContract;

class LinkerdFolderSourceContractTest extends SourceContract {
  @Override
  protected MeshRig startRig() {
    return new LinkerdFolderRig();
  }
}
