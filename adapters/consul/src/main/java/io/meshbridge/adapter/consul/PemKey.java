package io.meshbridge.adapter.consul;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A private key in PEM. Java reads PKCS #8 only, but Consul's own tool writes SEC 1 ({@code EC
 * PRIVATE KEY}), and many write PKCS #1 ({@code RSA PRIVATE KEY}): these two are wrapped.
 */
final class PemKey {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ((?:EC |RSA )?PRIVATE KEY)-----([^-]+)-----END \\1-----");
  private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
  private static final byte[] EC_OID = HexFormat.of().parseHex("06072a8648ce3d0201");
  private static final byte[] VERSION_0 = {2, 1, 0};
  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 0x04;
  private static final int CURVE = 0xa0;

  private PemKey() {}

  /**
   * Parses the first key of the text.
   *
   * @throws IllegalArgumentException if there is none, or it is malformed
   * @throws GeneralSecurityException if it is of no kind that the platform knows
   */
  static PrivateKey parse(String pem) throws GeneralSecurityException {
    var matcher = BLOCK.matcher(pem);
    if (!matcher.find()) {
      throw new IllegalArgumentException("expected a PEM block 'PRIVATE KEY' without a password");
    }
    var der = Base64.getMimeDecoder().decode(matcher.group(2));
    var pkcs8 =
        switch (matcher.group(1)) {
          case "EC PRIVATE KEY" -> wrap(sequence(EC_OID, curveOf(der)), der);
          case "RSA PRIVATE KEY" -> wrap(RSA, der);
          default -> der;
        };
    for (String algorithm : List.of("EC", "RSA", "EdDSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      } catch (InvalidKeySpecException another) {
        // The encoding names its algorithm, but Java wants to be told: the next one may fit.
        continue;
      }
    }
    throw new IllegalArgumentException("the key is neither EC, RSA nor EdDSA");
  }

  private static byte[] wrap(byte[] algorithm, byte[] key) {
    return sequence(VERSION_0, algorithm, tagged(OCTETS, key));
  }

  /** The curve stands in SEC 1 as an explicitly tagged object identifier. */
  private static byte[] curveOf(byte[] sec1) {
    for (int i = 0; i + 3 < sec1.length; i++) {
      if ((sec1[i] & 0xff) == CURVE && sec1[i + 2] == 6 && sec1[i + 1] == sec1[i + 3] + 2) {
        return Arrays.copyOfRange(sec1, i + 2, i + 2 + sec1[i + 1]);
      }
    }
    throw new IllegalArgumentException("the EC key does not name its curve");
  }

  private static byte[] sequence(byte[]... parts) {
    var content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    return tagged(SEQUENCE, content.toByteArray());
  }

  private static byte[] tagged(int tag, byte[] content) {
    var out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length < 0x80) {
      out.write(content.length);
    } else if (content.length < 0x100) {
      out.write(0x81);
      out.write(content.length);
    } else {
      out.write(0x82);
      out.write(content.length >> 8);
      out.write(content.length);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }
}
