package io.meshbridge.oidc;

import io.meshbridge.config.OidcConfig;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** Tokens as an issuer makes them, and as it would not. */
public final class Tokens {
  public static final String AUDIENCE = "door";

  private Tokens() {}

  /** What counts at the door of our tests. */
  static OidcConfig config(URI issuer, OidcConfig.Keys keys) {
    return new OidcConfig(
        issuer,
        AUDIENCE,
        "sub",
        List.of("groups"),
        Set.of("operators"),
        Set.of("viewers"),
        keys,
        Duration.ofSeconds(30));
  }

  /** Anna's, for five minutes. */
  public static JwtClaims claims(String issuer, Instant now) {
    var claims = new JwtClaims();
    claims.setIssuer(issuer);
    claims.setAudience(AUDIENCE);
    claims.setSubject("anna");
    claims.setIssuedAt(date(now));
    claims.setExpirationTime(date(now.plusSeconds(300)));
    return claims;
  }

  static NumericDate date(Instant at) {
    return NumericDate.fromMilliseconds(at.toEpochMilli());
  }

  /** A key of the kind that an algorithm needs. */
  public static PublicJsonWebKey key(String kid, String algorithm) throws JoseException {
    PublicJsonWebKey key =
        switch (algorithm) {
          case AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256 ->
              EcJwkGenerator.generateJwk(EllipticCurves.P256);
          case AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384 ->
              EcJwkGenerator.generateJwk(EllipticCurves.P384);
          case AlgorithmIdentifiers.ECDSA_USING_P521_CURVE_AND_SHA512 ->
              EcJwkGenerator.generateJwk(EllipticCurves.P521);
          case AlgorithmIdentifiers.EDDSA -> OkpJwkGenerator.generateJwk("Ed25519");
          default -> RsaJwkGenerator.generateJwk(2048);
        };
    key.setKeyId(kid);
    return key;
  }

  /** As issuers publish them. */
  public static String published(PublicJsonWebKey... keys) {
    return new JsonWebKeySet(keys).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
  }

  /** Signed with RS256. */
  public static String signed(PublicJsonWebKey key, JwtClaims claims) throws JoseException {
    return signed(key, AlgorithmIdentifiers.RSA_USING_SHA256, claims.toJson());
  }

  static String signed(PublicJsonWebKey key, String algorithm, String payload)
      throws JoseException {
    var token = new JsonWebSignature();
    token.setPayload(payload);
    token.setKey(key.getPrivateKey());
    token.setKeyIdHeaderValue(key.getKeyId());
    token.setAlgorithmHeaderValue(algorithm);
    return token.getCompactSerialization();
  }

  /** The parts of a token, with any signature. */
  public static String parts(Map<String, ?> header, String payload, byte[] signature) {
    return base64(JsonUtil.toJson(Map.copyOf(header)).getBytes(StandardCharsets.UTF_8))
        + "."
        + base64(payload.getBytes(StandardCharsets.UTF_8))
        + "."
        + base64(signature);
  }

  static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
