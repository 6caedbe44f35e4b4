package io.meshbridge.adapter.consul;

import io.meshbridge.spi.InvalidSettingsException;
import io.meshbridge.spi.InvalidSettingsException.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509KeyManager;
import javax.net.ssl.X509TrustManager;

/**
 * What stands in the files at one moment.
 *
 * @param trust whom we trust; the platform's authorities without a file
 * @param keys who we are, if we say that
 */
record TlsMaterial(X509TrustManager trust, Optional<X509KeyManager> keys) {
  private static final char[] NO_PASSWORD = {};

  /**
   * Reads the files.
   *
   * @throws InvalidSettingsException naming the file that cannot be used
   */
  static TlsMaterial read(ConsulSettings settings) {
    try {
      return new TlsMaterial(trustOf(settings.caFile()), keysOf(settings));
    } catch (GeneralSecurityException unusable) {
      throw fault("tls.ca-file", "cannot be used: " + unusable.getMessage());
    }
  }

  private static X509TrustManager trustOf(Optional<Path> file) throws GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(file.isEmpty() ? null : storeOf(certificates("tls.ca-file", file.get())));
    for (var manager : factory.getTrustManagers()) {
      if (manager instanceof X509TrustManager x509) {
        return x509;
      }
    }
    throw new GeneralSecurityException("the platform has no X.509 trust manager");
  }

  private static Optional<X509KeyManager> keysOf(ConsulSettings settings)
      throws GeneralSecurityException {
    if (settings.certFile().isEmpty() || settings.keyFile().isEmpty()) {
      return Optional.empty();
    }
    var chain = certificates("tls.cert-file", settings.certFile().get());
    var store = emptyStore();
    var keyFile = settings.keyFile().get();
    try {
      var key = PemKey.parse(Files.readString(keyFile));
      store.setKeyEntry("us", key, NO_PASSWORD, chain.toArray(new Certificate[0]));
    } catch (IOException unreadable) {
      throw fault("tls.key-file", "'" + keyFile + "' cannot be read: " + unreadable.getMessage());
    } catch (GeneralSecurityException | IllegalArgumentException unusable) {
      throw fault("tls.key-file", "'" + keyFile + "' is no usable key: " + unusable.getMessage());
    }
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    for (var manager : factory.getKeyManagers()) {
      if (manager instanceof X509KeyManager x509) {
        return Optional.of(x509);
      }
    }
    throw new GeneralSecurityException("the platform has no X.509 key manager");
  }

  private static List<Certificate> certificates(String key, Path file) {
    try (InputStream stream = Files.newInputStream(file)) {
      var found = CertificateFactory.getInstance("X.509").generateCertificates(stream);
      if (found.isEmpty()) {
        throw fault(key, "'" + file + "' holds no certificate");
      }
      return List.copyOf(found);
    } catch (IOException | GeneralSecurityException unusable) {
      throw fault(key, "'" + file + "' cannot be read: " + unusable.getMessage());
    }
  }

  private static KeyStore storeOf(List<Certificate> certificates) throws GeneralSecurityException {
    var store = emptyStore();
    for (Certificate certificate : certificates) {
      store.setCertificateEntry("ca-" + store.size(), certificate);
    }
    return store;
  }

  private static KeyStore emptyStore() throws GeneralSecurityException {
    var store = KeyStore.getInstance("PKCS12");
    try {
      store.load(null, NO_PASSWORD);
    } catch (IOException impossible) {
      throw new IllegalStateException("an empty key store reads nothing", impossible);
    }
    return store;
  }

  private static InvalidSettingsException fault(String key, String message) {
    return new InvalidSettingsException(List.of(new Fault(key, message)));
  }
}
