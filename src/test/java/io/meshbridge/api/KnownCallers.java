package io.meshbridge.api;

import io.meshbridge.oidc.Tokens;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;

/**
 * A door that knows operators and viewers by tokens in files and of an issuer, by certificates and
 * a socket, and nobody else.
 */
public final class KnownCallers implements QuarkusTestProfile {
  static final String OPERATOR = "operator-0123456789abcdef-0123456789";
  static final String VIEWER = "viewer-0123456789abcdef-0123456789ab";
  static final String ISSUER = "https://login.example/mesh";
  static final String OPERATOR_ID = "spiffe://east/ns/ops/sa/console";

  @Override
  public Set<Class<?>> getEnabledAlternatives() {
    return Set.of(FakeFederation.class, FakeConfiguration.class, FakeDesk.class);
  }

  @Override
  public Map<String, String> getConfigOverrides() {
    try {
      var folder = folder();
      Certificates.create(folder, OPERATOR_ID);
      return Map.ofEntries(
          Map.entry("meshbridge.messaging.enabled", "false"),
          Map.entry("meshbridge.api.read-requires-credential", "true"),
          Map.entry("meshbridge.api.operator-token-file", token(folder, "operator", OPERATOR)),
          Map.entry("meshbridge.api.viewer-token-file", token(folder, "viewer", VIEWER)),
          Map.entry("meshbridge.api.socket", folder.resolve("run/door").toString()),
          Map.entry("meshbridge.api.tls.certificate", folder.resolve("server.crt").toString()),
          Map.entry("meshbridge.api.tls.key", folder.resolve("server.key").toString()),
          Map.entry("meshbridge.api.tls.client-ca", folder.resolve("ca.crt").toString()),
          Map.entry("meshbridge.api.operator-certificates", OPERATOR_ID),
          Map.entry("meshbridge.api.oidc.issuer", ISSUER),
          Map.entry("meshbridge.api.oidc.audience", Tokens.AUDIENCE),
          Map.entry("meshbridge.api.oidc.role-claims", "groups,realm_access.roles"),
          Map.entry("meshbridge.api.oidc.operator-values", "mesh-operators"),
          Map.entry("meshbridge.api.oidc.viewer-values", "mesh-viewers"),
          Map.entry("meshbridge.api.oidc.jwks-file", issuerKeys(folder)));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (JoseException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** Where everything of this profile is; the application sees another copy of this class. */
  static Path folder() throws IOException {
    var folder = Path.of("target", "door").toAbsolutePath();
    return Files.createDirectories(folder);
  }

  /** What the issuer says of somebody, now. */
  static JwtClaims claims(String group) {
    var claims = Tokens.claims(ISSUER, Instant.now());
    claims.setStringListClaim("groups", group);
    return claims;
  }

  /** The issuer's own key. */
  static PublicJsonWebKey issuerKey() throws IOException, JoseException {
    var file = folder().resolve("issuer.jwk");
    return PublicJsonWebKey.Factory.newPublicJwk(Files.readString(file));
  }

  private static String issuerKeys(Path folder) throws IOException, JoseException {
    var key = Tokens.key("one", AlgorithmIdentifiers.RSA_USING_SHA256);
    Files.writeString(
        folder.resolve("issuer.jwk"), key.toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE));
    return Files.writeString(folder.resolve("issuer.jwks"), Tokens.published(key)).toString();
  }

  private static String token(Path folder, String name, String token) throws IOException {
    return Files.writeString(folder.resolve(name), token + "\n").toString();
  }
}
