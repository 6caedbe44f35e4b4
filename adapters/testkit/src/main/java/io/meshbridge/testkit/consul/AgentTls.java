package io.meshbridge.testkit.consul;

import io.meshbridge.testkit.tls.TestAuthority;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A throw-away certificate for an agent on 127.0.0.1, by an authority of its own. */
final class AgentTls {
  private AgentTls() {}

  static Path caFile(Path home) {
    return home.resolve("ca.crt");
  }

  private static Path certificateFile(Path home) {
    return home.resolve("agent.crt");
  }

  private static Path keyFile(Path home) {
    return home.resolve("agent.key");
  }

  static void create(Path home) throws IOException {
    var authority = new TestAuthority("meshbridge test authority");
    var agent = authority.issue("meshbridge test agent");
    Files.writeString(caFile(home), authority.pem());
    Files.writeString(certificateFile(home), agent.certificatePem());
    Files.writeString(keyFile(home), agent.keyPem());
  }

  static String config(Path home) {
    return "\"cert_file\":\"" + certificateFile(home) + "\",\"key_file\":\"" + keyFile(home) + "\"";
  }

  static SSLContext trusting(Path home) {
    try (InputStream file = Files.newInputStream(caFile(home))) {
      var store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry(
          "agent", CertificateFactory.getInstance("X.509").generateCertificate(file));
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      var context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException unusable) {
      throw new IllegalStateException("the agent's certificate cannot be used", unusable);
    }
  }
}
