package io.meshbridge.fourth;

import io.meshbridge.testkit.contract.MeshRig;
import io.meshbridge.testkit.contract.SourceContract;

class CatalogSourceContractTest extends SourceContract {
  @Override
  protected MeshRig startRig() {
    return new CatalogRig();
  }
}
