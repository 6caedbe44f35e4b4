package io.meshbridge.oidc;

import io.meshbridge.config.OidcConfig;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.UnresolvableKeyException;

/** The access tokens of one issuer. */
public final class AccessTokens {
  /** Longer ones are not looked at. */
  static final int MOST_CHARACTERS = 16 * 1024;

  private static final int PARTS = 3;

  /** What whoever knows the public key could not have made. */
  private static final String[] ALGORITHMS = {
    AlgorithmIdentifiers.RSA_USING_SHA256,
    AlgorithmIdentifiers.RSA_USING_SHA384,
    AlgorithmIdentifiers.RSA_USING_SHA512,
    AlgorithmIdentifiers.RSA_PSS_USING_SHA256,
    AlgorithmIdentifiers.RSA_PSS_USING_SHA384,
    AlgorithmIdentifiers.RSA_PSS_USING_SHA512,
    AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256,
    AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384,
    AlgorithmIdentifiers.ECDSA_USING_P521_CURVE_AND_SHA512,
    AlgorithmIdentifiers.EDDSA
  };

  private final OidcConfig config;
  private final IssuerKeys keys;
  private final InstantSource clock;

  /** Asks nobody yet. */
  public AccessTokens(OidcConfig config, InstantSource clock, LongSupplier nanoTime) {
    this(config, new IssuerKeys(KeySource.of(config), nanoTime), clock);
  }

  AccessTokens(OidcConfig config, IssuerKeys keys, InstantSource clock) {
    this.config = config;
    this.keys = keys;
    this.clock = clock;
  }

  /** Looks at a token. May have to wait for the issuer, some seconds at most. */
  public Verdict verdict(String token) {
    if (token.length() > MOST_CHARACTERS) {
      return new Verdict.Wrong("it is longer than " + MOST_CHARACTERS + " characters");
    }
    // What is encrypted has five parts, and is nothing for us.
    if (token.chars().filter(c -> c == '.').count() != PARTS - 1) {
      return new Verdict.Wrong("it is no signed JWT");
    }
    try {
      return ofClaims(consumer().processToClaims(token));
    } catch (InvalidJwtException invalid) {
      return invalid.getCause() instanceof UnreachableIssuerException unreachable
          ? new Verdict.Unknown(String.valueOf(unreachable.getMessage()))
          : new Verdict.Wrong(reason(invalid));
    }
  }

  private Verdict ofClaims(JwtClaims claims) {
    var reader = new Claims(claims.getClaimsMap());
    return reader
        .name(config.nameClaim())
        .<Verdict>map(name -> new Verdict.Right(name, reader.values(config.roleClaims())))
        .orElseGet(
            () -> new Verdict.Wrong("its claim " + config.nameClaim() + " is no name of one line"));
  }

  private JwtConsumer consumer() {
    return new JwtConsumerBuilder()
        .setJwsAlgorithmConstraints(ConstraintType.PERMIT, ALGORITHMS)
        .setVerificationKeyResolver(keys)
        .setExpectedIssuer(config.issuer().toString())
        .setExpectedAudience(config.audience())
        .setRequireExpirationTime()
        .setIssuedAtRestrictions(0, Integer.MAX_VALUE)
        .setAllowedClockSkewInSeconds(Math.toIntExact(config.leeway().toSeconds()))
        .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis()))
        .build();
  }

  /** In our own words: those of the library hold claims, or the whole token. */
  private static String reason(InvalidJwtException invalid) {
    return switch (invalid.getCause()) {
      case UnresolvableKeyException noKey -> String.valueOf(noKey.getMessage());
      case null, default ->
          switch (invalid.getErrorDetails().getFirst().getErrorCode()) {
            case ErrorCodes.EXPIRED -> "it has expired";
            case ErrorCodes.EXPIRATION_MISSING -> "it never expires";
            case ErrorCodes.NOT_YET_VALID -> "it does not count yet";
            case ErrorCodes.ISSUED_AT_INVALID_FUTURE -> "it was made in the future";
            case ErrorCodes.AUDIENCE_MISSING, ErrorCodes.AUDIENCE_INVALID ->
                "it was made for somebody else";
            case ErrorCodes.ISSUER_MISSING, ErrorCodes.ISSUER_INVALID -> "it is of another issuer";
            case ErrorCodes.SIGNATURE_MISSING, ErrorCodes.SIGNATURE_INVALID ->
                "its signature is wrong";
            default -> "it is malformed";
          };
    };
  }
}
