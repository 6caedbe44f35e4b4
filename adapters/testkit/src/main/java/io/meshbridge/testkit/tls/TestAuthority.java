package io.meshbridge.testkit.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Signs certificates that hold for a day. */
public final class TestAuthority {
  private final X500Name name;
  private final KeyPair keys = newKeys();
  private final AtomicInteger serials = new AtomicInteger();
  private final X509Certificate certificate;

  /**
   * A certificate with its key.
   *
   * @param certificate signed by the authority itself, so that it is the whole chain
   */
  public record Identity(PrivateKey key, X509Certificate certificate) {
    /** Both in one file, as Kafka's clients and brokers read a key store of type PEM. */
    public String pem() {
      return keyPem() + certificatePem();
    }

    /** Both in a key store, as the entry {@code client}. */
    public byte[] pkcs12(String password) {
      var bytes = new ByteArrayOutputStream();
      try {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("client", key, password.toCharArray(), new Certificate[] {certificate});
        store.store(bytes, password.toCharArray());
      } catch (GeneralSecurityException | IOException impossible) {
        throw new IllegalStateException("every Java platform has PKCS #12", impossible);
      }
      return bytes.toByteArray();
    }

    /** The key, in PKCS #8. */
    public String keyPem() {
      return TestAuthority.pem("PRIVATE KEY", key.getEncoded());
    }

    /** The certificate. */
    public String certificatePem() {
      return TestAuthority.pem(certificate);
    }
  }

  /**
   * A new authority.
   *
   * @param commonName its subject's
   */
  public TestAuthority(String commonName) {
    this.name = new X500Name("CN=" + commonName);
    this.certificate = sign(name, keys, true);
  }

  /** What others trust. */
  public X509Certificate certificate() {
    return certificate;
  }

  /** The same for files. */
  public String pem() {
    return pem(certificate);
  }

  /** For a client of that name, or for a server on 127.0.0.1. */
  public Identity issue(String commonName) {
    var pair = newKeys();
    return new Identity(pair.getPrivate(), sign(new X500Name("CN=" + commonName), pair, false));
  }

  private X509Certificate sign(X500Name subject, KeyPair pair, boolean authority) {
    // Real time: those who are shown it compare with the machine's clock.
    var now = Instant.now();
    var builder =
        new JcaX509v3CertificateBuilder(
            name,
            BigInteger.valueOf(serials.incrementAndGet()),
            Date.from(now.minus(Duration.ofHours(1))),
            Date.from(now.plus(Duration.ofDays(1))),
            subject,
            pair.getPublic());
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
      builder.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1")));
      var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
      return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    } catch (GeneralSecurityException | OperatorCreationException | IOException impossible) {
      throw new IllegalStateException("every Java platform signs with P-256", impossible);
    }
  }

  private static KeyPair newKeys() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java platform has P-256", impossible);
    }
  }

  private static String pem(X509Certificate certificate) {
    try {
      return pem("CERTIFICATE", certificate.getEncoded());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("it was encoded when it was signed", impossible);
    }
  }

  private static String pem(String kind, byte[] der) {
    var body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n";
  }
}
