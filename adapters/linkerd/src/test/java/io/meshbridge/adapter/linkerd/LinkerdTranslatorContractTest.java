package io.meshbridge.adapter.linkerd;

import io.meshbridge.spi.Translator;
import io.meshbridge.testkit.contract.HeldFields;
import io.meshbridge.testkit.contract.TranslatorContract;

class LinkerdTranslatorContractTest extends TranslatorContract {
  @Override
  protected Translator translator() {
    return new LinkerdTranslator();
  }

  @Override
  protected HeldFields held() {
    return HeldFields.LINKERD;
  }

  @Override
  protected String importName(String label) {
    return label + ".shop";
  }
}
