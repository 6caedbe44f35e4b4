package io.meshbridge.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.config.OidcConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jwe.ContentEncryptionAlgorithmIdentifiers;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.jwe.KeyManagementAlgorithmIdentifiers;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTokensTest {
  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
  private static final String ISSUER = "https://login.example/mesh";

  private static PublicJsonWebKey key;
  private static PublicJsonWebKey strangers;

  private final AtomicInteger asked = new AtomicInteger();

  @BeforeAll
  static void keys() throws Exception {
    key = Tokens.key("one", "RS256");
    strangers = Tokens.key("one", "RS256");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"
      })
  void acceptsWhatTheIssuerSigned(String algorithm) throws Exception {
    var own = Tokens.key("own", algorithm);
    var claims = claims();
    claims.setStringListClaim("groups", "operators", "others");

    assertThat(tokens(key, own).verdict(Tokens.signed(own, algorithm, claims.toJson())))
        .isEqualTo(new Verdict.Right("anna", Set.of("operators", "others")));
  }

  @Test
  void findsTheKeyOfATokenThatDoesNotNameIt() throws Exception {
    var nameless = Tokens.key(null, "RS256");

    assertThat(tokens(key, nameless).verdict(Tokens.signed(nameless, claims())))
        .isInstanceOf(Verdict.Right.class);
  }

  @TestFactory
  Stream<DynamicTest> refusesWhatDoesNotCount() {
    return Stream.of(
            wrong("expired", "it has expired", c -> c.setExpirationTime(in(-30))),
            wrong("without an end", "it never expires", c -> c.setExpirationTime(null)),
            wrong("not yet", "it does not count yet", c -> c.setNotBefore(in(31))),
            wrong("of tomorrow", "it was made in the future", c -> c.setIssuedAt(in(31))),
            wrong("for others", "it was made for somebody else", c -> c.setAudience("other")),
            wrong("for alike", "it was made for somebody else", c -> c.setAudience("door/x")),
            wrong("for nobody", "it was made for somebody else", c -> c.unsetClaim("aud")),
            wrong("of another", "it is of another issuer", c -> c.setIssuer("https://x.example")),
            wrong("of alike", "it is of another issuer", c -> c.setIssuer(ISSUER + "/")),
            wrong("of nobody", "it is of another issuer", c -> c.unsetClaim("iss")),
            wrong("odd end", "it is malformed", c -> c.setStringClaim("exp", "never")),
            wrong("odd audience", "it is malformed", c -> c.setClaim("aud", Map.of("a", 1))),
            wrong("nameless", "sub is no name", c -> c.unsetClaim("sub")),
            wrong("blank", "sub is no name", c -> c.setSubject("  ")),
            wrong("numbered", "it is malformed", c -> c.setClaim("sub", 7)),
            wrong("two lines", "sub is no name", c -> c.setSubject("anna\nby=operator")),
            wrong("turned", "sub is no name", c -> c.setSubject("anna\u202erotarepo")),
            wrong("long", "sub is no name", c -> c.setSubject("a".repeat(201))))
        .map(
            one ->
                DynamicTest.dynamicTest(
                    one.name(),
                    () -> {
                      var claims = claims();
                      one.change().accept(claims);
                      assertWrong(tokens(key).verdict(Tokens.signed(key, claims)), one.reason());
                    }));
  }

  @TestFactory
  Stream<DynamicTest> acceptsWhatIsLateOrEarlyByNoMoreThanTheLeeway() {
    return Stream.<Consumer<JwtClaims>>of(
            c -> {
              c.setIssuedAt(in(-300));
              c.setExpirationTime(in(-29));
            },
            c -> c.setNotBefore(in(30)),
            c -> c.setIssuedAt(in(30)),
            c -> c.unsetClaim("iat"),
            c -> c.setAudience(List.of("other", Tokens.AUDIENCE)))
        .map(
            change ->
                DynamicTest.dynamicTest(
                    "change",
                    () -> {
                      var claims = claims();
                      change.accept(claims);
                      assertThat(tokens(key).verdict(Tokens.signed(key, claims)))
                          .isInstanceOf(Verdict.Right.class);
                    }));
  }

  @Test
  void refusesWhatSomebodyElseSigned() throws Exception {
    var right = Tokens.signed(key, claims());
    var altered = right.split("\\.", -1);
    altered[1] = Tokens.signed(strangers, other()).split("\\.", -1)[1];

    assertWrong(tokens(key).verdict(Tokens.signed(strangers, claims())), "its signature is wrong");
    assertWrong(tokens(key).verdict(String.join(".", altered)), "its signature is wrong");
    assertWrong(tokens(key).verdict(right.substring(0, right.lastIndexOf('.') + 1)), "");
  }

  @Test
  void refusesAlgorithmsThatProveNothingAndAsksNobodyForKeys() throws Exception {
    var payload = claims().toJson();
    var publicKey = key.getPublicKey().getEncoded();
    var header = Map.of("alg", "HS256", "kid", "one");
    var unsigned = Tokens.parts(header, payload, new byte[0]);
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(publicKey, "HmacSHA256"));
    var proof =
        mac.doFinal(
            unsigned.substring(0, unsigned.length() - 1).getBytes(StandardCharsets.US_ASCII));

    for (String token :
        List.of(
            Tokens.parts(Map.of("alg", "none"), payload, new byte[0]),
            Tokens.parts(Map.of("alg", "None", "kid", "one"), payload, new byte[0]),
            Tokens.parts(Map.of("kid", "one"), payload, new byte[0]),
            Tokens.parts(header, payload, proof),
            Tokens.parts(Map.of("alg", "ES256K", "kid", "one"), payload, proof))) {
      assertWrong(tokens(key).verdict(token), "");
    }
    assertThat(asked).hasValue(0);
  }

  @Test
  void takesNoKeyFromTheToken() throws Exception {
    var payload = other().toJson();
    var header =
        Map.of(
            "alg",
            "RS256",
            "kid",
            "two",
            "jwk",
            strangers.toParams(JsonWebKey.OutputControlLevel.PUBLIC_ONLY),
            "jku",
            "https://evil.example/keys");
    var signed = new JsonWebSignature();
    header.forEach(signed::setHeader);
    signed.setPayload(payload);
    signed.setKey(strangers.getPrivateKey());

    assertWrong(tokens(key).verdict(signed.getCompactSerialization()), "has no key that fits");
  }

  @Test
  void refusesWhatIsEncrypted() throws Exception {
    var encrypted = new JsonWebEncryption();
    encrypted.setPayload(Tokens.signed(key, claims()));
    encrypted.setContentTypeHeaderValue("JWT");
    encrypted.setAlgorithmHeaderValue(KeyManagementAlgorithmIdentifiers.RSA_OAEP_256);
    encrypted.setEncryptionMethodHeaderParameter(ContentEncryptionAlgorithmIdentifiers.AES_128_GCM);
    encrypted.setKey(key.getPublicKey());

    assertWrong(tokens(key).verdict(encrypted.getCompactSerialization()), "it is no signed JWT");
  }

  @Test
  void refusesRubbishWithoutAskingForKeys() throws Exception {
    var deep = "{\"a\":" + "[".repeat(4_000) + "]".repeat(4_000) + "}";
    for (String rubbish :
        List.of(
            "",
            ".",
            "..",
            "a.b.c",
            "\u0000.\u0000.\u0000",
            "eyJhbGciOiJSUzI1NiJ9..",
            "=.=.=",
            "x".repeat(1_000_000),
            "x.".repeat(500_000),
            Tokens.parts(Map.of("alg", "RS256"), "[]", new byte[8]),
            Tokens.parts(Map.of("alg", "RS256"), "null", new byte[8]),
            Tokens.parts(Map.of("alg", "RS256"), "{\"sub\":\"a\",\"sub\":\"b\"}", new byte[8]))) {
      assertWrong(tokens(key).verdict(rubbish), "");
    }
    assertThat(asked).hasValue(0);
    assertWrong(tokens(key).verdict(Tokens.parts(Map.of("alg", "RS256"), deep, new byte[256])), "");
  }

  @Test
  void saysWhenNobodyCanKnow() throws Exception {
    var away =
        new AccessTokens(
            config(),
            new IssuerKeys(
                () -> {
                  throw new IOException("connection refused");
                },
                () -> 0),
            () -> NOON);

    assertThat(away.verdict(Tokens.signed(key, claims())))
        .isEqualTo(new Verdict.Unknown("connection refused"));
  }

  private record Change(String name, String reason, Consumer<JwtClaims> change) {}

  private static Change wrong(String name, String reason, Consumer<JwtClaims> change) {
    return new Change(name, reason, change);
  }

  private static void assertWrong(Verdict verdict, String reason) {
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Wrong.class,
            wrong -> {
              assertThat(wrong.reason()).contains(reason);
              // Nothing of what was sent.
              assertThat(wrong.reason()).doesNotContain("eyJ", "anna", "example");
            });
  }

  private static JwtClaims claims() {
    return Tokens.claims(ISSUER, NOON);
  }

  private static JwtClaims other() {
    var claims = claims();
    claims.setSubject("somebody else");
    return claims;
  }

  private static NumericDate in(int seconds) {
    return Tokens.date(NOON.plusSeconds(seconds));
  }

  private static OidcConfig config() {
    return Tokens.config(URI.create(ISSUER), new OidcConfig.Keys.OfMetadata(Optional.empty()));
  }

  private AccessTokens tokens(PublicJsonWebKey... published) {
    KeySource source =
        () -> {
          asked.incrementAndGet();
          return Tokens.published(published);
        };
    return new AccessTokens(config(), new IssuerKeys(source, () -> 0), () -> NOON);
  }
}
