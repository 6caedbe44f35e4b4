package io.meshbridge.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshbridge.testkit.tls.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotatingSslEngineFactoryTest {
  private final TestAuthority authority = new TestAuthority("test");
  private final RotatingSslEngineFactory factory = new RotatingSslEngineFactory();

  @TempDir private Path folder;

  @Test
  void showsTheNewCertificateOnTheNextConnection() throws Exception {
    give("first", "secret");
    factory.configure(settings());

    give("second", "secret");

    assertThat(shown()).isEqualTo("CN=second");
  }

  @Test
  void takesANewPasswordTogetherWithWhatItProtects() throws Exception {
    give("first", "secret");
    factory.configure(settings());

    give("second", "another");

    assertThat(shown()).isEqualTo("CN=second");
  }

  @Test
  void keepsTheFormerCertificateWhileOnlyOneOfTwoFilesIsNew() throws Exception {
    give("first", "secret");
    factory.configure(settings());

    Files.writeString(passwordFile(), "another");
    assertThat(shown()).isEqualTo("CN=first");

    give("second", "another");
    assertThat(shown()).isEqualTo("CN=second");
  }

  @Test
  void keepsTheFormerCertificateWhileAFileIsMissing() throws Exception {
    give("first", "secret");
    factory.configure(settings());

    Files.delete(keyStore());

    assertThat(shown()).isEqualTo("CN=first");
  }

  @Test
  void trustsWhomTheNewFileNames() throws Exception {
    give("client", "secret");
    factory.configure(settings());

    Files.writeString(trustStore(), new TestAuthority("other").pem());

    var trusted = factory.truststore();
    assertThat(Collections.list(trusted.aliases()))
        .extracting(
            alias -> ((X509Certificate) trusted.getCertificate(alias)).getSubjectX500Principal())
        .extracting(Object::toString)
        .containsExactly("CN=other");
  }

  @Test
  void refusesToBeginWithFilesThatCannotBeUsed() throws Exception {
    give("first", "secret");
    Files.writeString(passwordFile(), "wrong");
    assertThatThrownBy(() -> factory.configure(settings())).isInstanceOf(KafkaException.class);

    Files.writeString(passwordFile(), "\n");
    assertThatThrownBy(() -> factory.configure(settings()))
        .isInstanceOf(KafkaException.class)
        .hasMessageContaining(passwordFile().toString())
        .hasMessageContaining("holds no password");
  }

  private String shown() throws GeneralSecurityException {
    factory.createClientSslEngine("127.0.0.1", 9093, "https");
    var certificate = (X509Certificate) factory.keystore().getCertificate("client");
    return certificate.getSubjectX500Principal().toString();
  }

  private Map<String, ?> settings() {
    return Map.of(
        "ssl.protocol",
        "TLSv1.3",
        "ssl.keystore.type",
        "PKCS12",
        "ssl.keystore.location",
        keyStore().toString(),
        "ssl.keystore.password.file",
        passwordFile().toString(),
        "ssl.truststore.type",
        "PEM",
        "ssl.truststore.location",
        trustStore().toString());
  }

  private void give(String name, String password) throws IOException {
    Files.writeString(trustStore(), authority.pem());
    Files.writeString(passwordFile(), password);
    Files.write(keyStore(), authority.issue(name).pkcs12(password));
  }

  private Path keyStore() {
    return folder.resolve("client.p12");
  }

  private Path trustStore() {
    return folder.resolve("ca.crt");
  }

  private Path passwordFile() {
    return folder.resolve("password");
  }
}
