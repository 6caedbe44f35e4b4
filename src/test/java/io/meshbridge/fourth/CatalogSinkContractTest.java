package io.meshbridge.fourth;

import io.meshbridge.testkit.contract.MeshRig;
import io.meshbridge.testkit.contract.SinkContract;

class CatalogSinkContractTest extends SinkContract {
  @Override
  protected MeshRig startRig() {
    return new CatalogRig();
  }
}
