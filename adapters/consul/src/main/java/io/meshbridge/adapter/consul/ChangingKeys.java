package io.meshbridge.adapter.consul;

import io.meshbridge.spi.FileBacked;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

/** Shows the certificate that stands in the files now; null where the platform's own says so. */
record ChangingKeys(FileBacked<TlsMaterial> files) implements X509KeyManager {
  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal[] issuers) {
    return now(keys -> keys.getClientAliases(keyType, issuers));
  }

  @Override
  public @Nullable String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
    return now(keys -> keys.chooseClientAlias(keyType, issuers, socket));
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal[] issuers) {
    return now(keys -> keys.getServerAliases(keyType, issuers));
  }

  @Override
  public @Nullable String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
    return now(keys -> keys.chooseServerAlias(keyType, issuers, socket));
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    return now(keys -> keys.getCertificateChain(alias));
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    return now(keys -> keys.getPrivateKey(alias));
  }

  private <T> @Nullable T now(Function<X509KeyManager, @Nullable T> question) {
    Optional<X509KeyManager> keys = files.now().keys();
    return keys.isEmpty() ? null : question.apply(keys.get());
  }
}
