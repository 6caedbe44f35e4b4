package io.meshbridge.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.meshbridge.testkit.tls.TestAuthority;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** An OpenID Connect issuer on loopback: its metadata, its one key, and tokens signed with it. */
final class IssuerOverTls implements AutoCloseable {
  private static final String AUDIENCE = "meshbridge";
  private static final String OPERATORS = "mesh-operators";
  private static final String PASSWORD = "password";
  private static final Duration VALID = Duration.ofMinutes(30);

  private final HttpsServer server;
  private final KeyPair key;
  private final Path authorityFile;

  private IssuerOverTls(HttpsServer server, KeyPair key, Path authorityFile) {
    this.server = server;
    this.key = key;
    this.authorityFile = authorityFile;
    server.createContext("/.well-known/openid-configuration", call -> answer(call, metadata()));
    server.createContext("/keys", call -> answer(call, keys()));
    server.start();
  }

  /**
   * On a port of its own.
   *
   * @param folder for the authority's certificate
   */
  static IssuerOverTls start(Path folder, TestAuthority authority)
      throws IOException, GeneralSecurityException {
    var authorityFile = Files.writeString(folder.resolve("issuer-ca.crt"), authority.pem());
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(identified(authority.issue("issuer"))));
    return new IssuerOverTls(server, generator.generateKeyPair(), authorityFile);
  }

  private static SSLContext identified(TestAuthority.Identity identity)
      throws IOException, GeneralSecurityException {
    var store = KeyStore.getInstance("PKCS12");
    store.load(new ByteArrayInputStream(identity.pkcs12(PASSWORD)), PASSWORD.toCharArray());
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, PASSWORD.toCharArray());
    var context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  /** Lets a bridge take this issuer's tokens. */
  BridgeConfiguration addTo(BridgeConfiguration configuration) {
    return configuration
        .with("meshbridge.api.oidc.issuer", url())
        .with("meshbridge.api.oidc.audience", AUDIENCE)
        .with("meshbridge.api.oidc.operator-values", OPERATORS)
        .with("meshbridge.api.oidc.ca-file", authorityFile.toString());
  }

  /** An operator's access token. */
  String token() throws GeneralSecurityException {
    var now = Instant.now();
    var content =
        base64("{\"alg\":\"RS256\",\"kid\":\"one\"}")
            + "."
            + base64(
                """
                {"iss": "%s", "aud": "%s", "sub": "anna", "groups": ["%s"], "iat": %d, "exp": %d}"""
                    .formatted(
                        url(),
                        AUDIENCE,
                        OPERATORS,
                        now.getEpochSecond(),
                        now.plus(VALID).getEpochSecond()));
    var signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(key.getPrivate());
    signature.update(content.getBytes(StandardCharsets.US_ASCII));
    return content + "." + base64(signature.sign());
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private String url() {
    return "https://127.0.0.1:" + server.getAddress().getPort();
  }

  private String metadata() {
    return "{\"issuer\":\"%1$s\",\"jwks_uri\":\"%1$s/keys\"}".formatted(url());
  }

  private String keys() {
    var published = (RSAPublicKey) key.getPublic();
    return "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"one\",\"alg\":\"RS256\",\"n\":\"%s\",\"e\":\"%s\"}]}"
        .formatted(base64(published.getModulus()), base64(published.getPublicExponent()));
  }

  private static void answer(HttpExchange call, String body) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    try (call) {
      call.sendResponseHeaders(200, bytes.length);
      call.getResponseBody().write(bytes);
    }
  }

  private static String base64(String text) {
    return base64(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Without the byte by which Java says that a number is positive. */
  private static String base64(BigInteger number) {
    var bytes = number.toByteArray();
    int from = bytes[0] == 0 ? 1 : 0;
    return base64(Arrays.copyOfRange(bytes, from, bytes.length));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
