package io.meshbridge.doctor;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/** The certificate of a gateway's port, with a key that Linkerd cannot take. */
final class IstioRsaGatewaySecret implements DocumentCheck {
  @Override
  public Trap trap() {
    return Trap.warning(
        "istio-gateway-with-rsa-key",
        "istio",
        "no Linkerd proxy can speak TLS with a gateway whose key is RSA",
        "if Linkerd shall call it, name an ECDSA certificate too, with credentialNames");
  }

  @Override
  public Stream<Finding> look(DocumentSet documents) {
    var named = namedByGateways(documents);
    return documents
        .ofKind("", "Secret")
        .filter(secret -> named.contains(secret.name()))
        .filter(IstioRsaGatewaySecret::isRsa)
        .map(secret -> found(secret.root().at("metadata", "name"), "an RSA key at a gateway"));
  }

  private static Set<String> namedByGateways(DocumentSet documents) {
    var names = new HashSet<String>();
    documents
        .ofKind("networking.istio.io", "Gateway")
        .flatMap(gateway -> gateway.spec().at("servers").items())
        .map(server -> server.at("tls"))
        .forEach(
            tls -> {
              names.add(tls.at("credentialName").text());
              tls.at("credentialNames").items().map(Part::text).forEach(names::add);
            });
    return names;
  }

  private static boolean isRsa(NativeObject secret) {
    var plain = secret.root().at("stringData", "tls.key").text();
    return (plain + decoded(secret.root().at("data", "tls.key").text()))
        .contains("BEGIN RSA PRIVATE KEY");
  }

  private static String decoded(String base64) {
    try {
      return new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.ISO_8859_1);
    } catch (IllegalArgumentException torn) {
      return "";
    }
  }
}
