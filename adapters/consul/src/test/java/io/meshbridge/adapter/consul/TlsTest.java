package io.meshbridge.adapter.consul;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshbridge.spi.InvalidSettingsException;
import io.meshbridge.spi.Settings;
import io.meshbridge.testkit.tls.TestAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
  private final TestAuthority authority = new TestAuthority("first");

  @TempDir private Path folder;

  @BeforeEach
  void writeFiles() throws IOException {
    Files.writeString(caFile(), authority.pem());
    give(authority.issue("east"));
  }

  @Test
  void trustsWhomTheFileNamesNow() throws Exception {
    var trust = Tls.from(settings()).trust();
    var second = new TestAuthority("second");
    var agent = new X509Certificate[] {second.issue("agent").certificate()};
    assertThatThrownBy(() -> trust.checkServerTrusted(agent, "ECDHE_ECDSA"))
        .isInstanceOf(CertificateException.class);

    Files.writeString(caFile(), second.pem());

    assertThatCode(() -> trust.checkServerTrusted(agent, "ECDHE_ECDSA")).doesNotThrowAnyException();
  }

  @Test
  void showsTheCertificateThatStandsInTheFileNow() throws Exception {
    var context = Tls.from(settings()).context().orElseThrow();
    assertThat(shownBy(context)).isEqualTo("CN=east");

    give(authority.issue("renewed"));

    assertThat(shownBy(context)).isEqualTo("CN=renewed");
  }

  @Test
  void keepsTheFormerWhileTheFilesCannotBeUsed() throws Exception {
    var context = Tls.from(settings()).context().orElseThrow();

    Files.writeString(keyFile(), "half of a key");

    assertThat(shownBy(context)).isEqualTo("CN=east");
  }

  @Test
  void refusesToBeginWithFilesThatCannotBeUsed() throws Exception {
    Files.writeString(keyFile(), "half of a key");

    assertThatThrownBy(() -> Tls.from(settings()))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining(keyFile().toString());
  }

  /** Connects with a server that lets nobody in without a certificate; whom that saw. */
  private String shownBy(SSLContext client) throws Exception {
    try (var listener = listener();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      listener.setNeedClientAuth(true);
      var seen =
          threads.submit(
              () -> {
                try (var socket = (SSLSocket) listener.accept()) {
                  var name = socket.getSession().getPeerPrincipal().getName();
                  socket.getOutputStream().write(1);
                  return name;
                }
              });
      try (var socket =
          client
              .getSocketFactory()
              .createSocket(InetAddress.getLoopbackAddress(), listener.getLocalPort())) {
        assertThat(socket.getInputStream().read()).isEqualTo(1);
      }
      return seen.get();
    }
  }

  private SSLServerSocket listener() throws Exception {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    var server = authority.issue("agent");
    store.setKeyEntry(
        "agent", server.key(), new char[0], new X509Certificate[] {server.certificate()});
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, new char[0]);
    var context = SSLContext.getInstance("TLS");
    context.init(
        keys.getKeyManagers(),
        new X509TrustManager[] {TlsMaterial.read(settingsWithoutKey()).trust()},
        null);
    return (SSLServerSocket)
        context.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  private void give(TestAuthority.Identity identity) throws IOException {
    Files.writeString(certFile(), identity.certificatePem());
    Files.writeString(keyFile(), identity.keyPem());
  }

  private ConsulSettings settings() {
    return settings(
        Map.of("tls.cert-file", certFile().toString(), "tls.key-file", keyFile().toString()));
  }

  private ConsulSettings settingsWithoutKey() {
    return settings(Map.of());
  }

  private ConsulSettings settings(Map<String, String> more) {
    var all = new HashMap<>(more);
    all.put("url", "https://127.0.0.1:8501");
    all.put("tls.ca-file", caFile().toString());
    return new ConsulSettings(Settings.check(new ConsulAdapter().settings(), all));
  }

  private Path caFile() {
    return folder.resolve("ca.crt");
  }

  private Path certFile() {
    return folder.resolve("tls.crt");
  }

  private Path keyFile() {
    return folder.resolve("tls.key");
  }
}
