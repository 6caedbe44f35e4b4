package io.meshbridge.api;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority, a server on this machine, and clients. */
public final class Certificates {
  private static final X500Name AUTHORITY = new X500Name("CN=authority");

  private Certificates() {}

  /**
   * Writes {@code ca.crt} and, with their keys, {@code server}, {@code known}, {@code stranger}.
   */
  public static void create(Path folder, String knownId) throws IOException {
    try {
      var authority = pair();
      pem(folder.resolve("ca.crt"), "CERTIFICATE", signed(authority, authority, AUTHORITY, null));
      var local =
          new GeneralNames(
              new GeneralName[] {
                new GeneralName(GeneralName.dNSName, "localhost"),
                new GeneralName(GeneralName.iPAddress, "127.0.0.1")
              });
      write(folder, "server", authority, "CN=door", local);
      write(
          folder,
          "known",
          authority,
          "CN=console",
          new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, knownId)));
      // It calls itself by the known name where only a certificate without better names is
      // believed.
      write(
          folder,
          "stranger",
          authority,
          "CN=" + knownId.replace("/", "\\/"),
          new GeneralNames(new GeneralName(GeneralName.dNSName, "stranger.example")));
    } catch (GeneralSecurityException | OperatorCreationException failed) {
      throw new IOException(failed);
    }
  }

  /** What somebody needs who shows a certificate; none if the name is empty. */
  public static SSLContext client(Path folder, String name)
      throws IOException, GeneralSecurityException {
    var context = SSLContext.getInstance("TLS");
    var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    trusted.setCertificateEntry("ca", read(folder.resolve("ca.crt")));
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    var own = KeyStore.getInstance(KeyStore.getDefaultType());
    own.load(null, null);
    if (!name.isEmpty()) {
      var key =
          KeyFactory.getInstance("EC")
              .generatePrivate(new PKCS8EncodedKeySpec(bytes(folder.resolve(name + ".key"))));
      own.setKeyEntry(
          "own",
          key,
          new char[0],
          new Certificate[] {read(folder.resolve(name + ".crt")), read(folder.resolve("ca.crt"))});
    }
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own, new char[0]);
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static void write(
      Path folder, String name, KeyPair authority, String subject, GeneralNames names)
      throws GeneralSecurityException, IOException, OperatorCreationException {
    var pair = pair();
    pem(
        folder.resolve(name + ".crt"),
        "CERTIFICATE",
        signed(pair, authority, new X500Name(subject), names));
    pem(folder.resolve(name + ".key"), "PRIVATE KEY", pair.getPrivate().getEncoded());
  }

  private static byte[] signed(
      KeyPair pair, KeyPair authority, X500Name subject, GeneralNames names)
      throws IOException, OperatorCreationException {
    // Real time, since TLS compares with the machine's clock.
    var now = Instant.now();
    var builder =
        new JcaX509v3CertificateBuilder(
            AUTHORITY,
            BigInteger.valueOf(now.toEpochMilli()).add(BigInteger.valueOf(subject.hashCode())),
            Date.from(now.minus(Duration.ofHours(1))),
            Date.from(now.plus(Duration.ofDays(1))),
            subject,
            pair.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(names == null));
    if (names != null) {
      builder.addExtension(Extension.subjectAlternativeName, false, names);
    }
    var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(authority.getPrivate());
    return builder.build(signer).getEncoded();
  }

  private static KeyPair pair() throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    return generator.generateKeyPair();
  }

  private static Certificate read(Path file) throws IOException, GeneralSecurityException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(file)));
  }

  private static byte[] bytes(Path file) throws IOException {
    var text =
        Files.readString(file, StandardCharsets.US_ASCII)
            .lines()
            .filter(line -> !line.startsWith("-"))
            .reduce("", String::concat);
    return Base64.getDecoder().decode(text);
  }

  private static void pem(Path file, String what, byte[] content) throws IOException {
    var encoder = Base64.getMimeEncoder(64, new byte[] {'\n'});
    Files.writeString(
        file,
        "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n"
            .formatted(what, encoder.encodeToString(content)));
  }
}
