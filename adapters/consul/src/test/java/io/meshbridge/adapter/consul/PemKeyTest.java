package io.meshbridge.adapter.consul;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringWriter;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;
import org.junit.jupiter.api.Test;

class PemKeyTest {
  @Test
  void readsTheThreeFormsInWhichKeysAreKept() throws Exception {
    // Given
    var ec = pair("EC", 256);
    var rsa = pair("RSA", 2048);
    var ecInfo = PrivateKeyInfo.getInstance(ec.getPrivate().getEncoded());
    var rsaInfo = PrivateKeyInfo.getInstance(rsa.getPrivate().getEncoded());
    var scalar = ECPrivateKey.getInstance(ecInfo.parsePrivateKey()).getKey();
    var sec1 = new ECPrivateKey(256, scalar, X9ObjectIdentifiers.prime256v1).getEncoded();

    // When
    var fromPkcs8 = PemKey.parse(pem("PRIVATE KEY", ec.getPrivate().getEncoded()));
    var fromSec1 = PemKey.parse(pem("EC PRIVATE KEY", sec1));
    var fromPkcs1 =
        PemKey.parse(
            pem("RSA PRIVATE KEY", rsaInfo.parsePrivateKey().toASN1Primitive().getEncoded()));

    // Then
    assertThat(fromPkcs8).isEqualTo(ec.getPrivate());
    assertThat(((java.security.interfaces.ECPrivateKey) fromSec1).getS()).isEqualTo(scalar);
    assertThat(fromPkcs1).isEqualTo(rsa.getPrivate());
  }

  @Test
  void refusesWhatIsNoKeyWithoutShowingIt() {
    assertThatThrownBy(() -> PemKey.parse("secret words"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret words");
  }

  private static KeyPair pair(String algorithm, int size) throws Exception {
    var generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(size);
    return generator.generateKeyPair();
  }

  private static String pem(String kind, byte[] der) throws Exception {
    var text = new StringWriter();
    try (var writer = new PemWriter(text)) {
      writer.writeObject(new PemObject(kind, der));
    }
    return text.toString();
  }
}
