package io.meshbridge.doctor;

import java.util.stream.Stream;

/**
 * A Linkerd proxy speaks TLS 1.3 without RSA-PSS, so that no RSA leaf key can shake hands with it
 * ({@code linkerd/rustls/src/crypto.rs}). Istio's own keys are RSA unless told otherwise.
 */
final class IstioRsaKeys implements DocumentCheck {
  private static final String SETTING = "ECC_SIGNATURE_ALGORITHM";

  @Override
  public Trap trap() {
    return Trap.warning(
        "istio-rsa-keys",
        "istio",
        "workload keys are RSA, with which no Linkerd proxy can speak TLS",
        "if Linkerd joins, set defaultConfig.proxyMetadata.ECC_SIGNATURE_ALGORITHM to ECDSA");
  }

  @Override
  public Stream<Finding> look(DocumentSet documents) {
    var structured =
        IstioMeshConfigs.structured(documents)
            .filter(config -> config.everywhere(SETTING).findAny().isEmpty());
    var texts = IstioMeshConfigs.texts(documents).filter(text -> !text.text().contains(SETTING));
    return Stream.concat(structured, texts)
        .map(part -> found(part, "a mesh configuration without " + SETTING));
  }
}
