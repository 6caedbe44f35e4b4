package io.meshbridge.adapter.istio;

import io.meshbridge.spi.Translator;
import io.meshbridge.testkit.contract.HeldFields;
import io.meshbridge.testkit.contract.TranslatorContract;

class IstioTranslatorContractTest extends TranslatorContract {
  @Override
  protected Translator translator() {
    return new IstioTranslator();
  }

  @Override
  protected HeldFields held() {
    return HeldFields.ISTIO;
  }

  @Override
  protected String importName(String label) {
    return label + ".shop.away.mesh.internal";
  }
}
