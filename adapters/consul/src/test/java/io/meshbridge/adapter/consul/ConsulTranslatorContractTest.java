package io.meshbridge.adapter.consul;

import io.meshbridge.spi.Translator;
import io.meshbridge.testkit.contract.HeldFields;
import io.meshbridge.testkit.contract.TranslatorContract;

class ConsulTranslatorContractTest extends TranslatorContract {
  @Override
  protected Translator translator() {
    return new ConsulTranslator();
  }

  @Override
  protected HeldFields held() {
    return HeldFields.CONSUL;
  }

  @Override
  protected String importName(String label) {
    return label;
  }
}
