package io.meshbridge.fourth;

import io.meshbridge.model.AppProtocol;
import io.meshbridge.model.Health;
import io.meshbridge.spi.Translator;
import io.meshbridge.testkit.contract.HeldFields;
import io.meshbridge.testkit.contract.ModelField;
import io.meshbridge.testkit.contract.TranslatorContract;
import java.util.Set;

class CatalogTranslatorContractTest extends TranslatorContract {
  @Override
  protected Translator translator() {
    return new CatalogTranslator();
  }

  /** A line has an address and its number, and nothing else. */
  @Override
  protected HeldFields held() {
    return new HeldFields(
        Set.of(ModelField.ADDRESS, ModelField.ENDPOINT_PORT),
        Set.of(AppProtocol.TCP),
        Set.of(Health.READY),
        false,
        true,
        false,
        "tcp");
  }

  @Override
  protected String importName(String label) {
    return label;
  }
}
