package io.meshbridge.oidc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The authorities that may vouch for an issuer. */
final class Authorities {
  private Authorities() {}

  /**
   * What trusts those in a file, in PEM, and nobody else.
   *
   * @throws IOException if it cannot be read or holds none
   */
  static SSLContext in(Path file) throws IOException {
    try (var stream = Files.newInputStream(file)) {
      var certificates = CertificateFactory.getInstance("X.509").generateCertificates(stream);
      if (certificates.isEmpty()) {
        throw new IOException("it holds no certificate");
      }
      var store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      for (var certificate : certificates) {
        store.setCertificateEntry("ca-" + store.size(), certificate);
      }
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      var context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException unusable) {
      throw new IOException("it holds no usable certificate: " + unusable.getMessage(), unusable);
    }
  }
}
