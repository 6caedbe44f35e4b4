package io.meshbridge.api;

import io.meshbridge.config.OidcConfig;
import io.meshbridge.oidc.AccessTokens;
import io.meshbridge.oidc.Verdict;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/** Callers by the access tokens of an issuer. What is wrong with one is told to our log only. */
final class IssuedTokens {
  /** The same whatever is wrong. */
  static final Refusal WRONG =
      new Refusal(
          Refusal.Kind.WRONG_TOKEN,
          "the token is not one that this bridge knows, or counts no longer");

  private static final Refusal NOBODY_KNOWS =
      new Refusal(
          Refusal.Kind.UNAVAILABLE,
          "tokens cannot be checked just now, since their issuer cannot be reached; ask again in a"
              + " moment");

  private static final Logger LOG = Logger.getLogger(IssuedTokens.class);

  /** Nobody else's name begins so. */
  private static final String PREFIX = "oidc:";

  private final OidcConfig config;
  private final AccessTokens tokens;
  private final SparseLog refusals;

  private IssuedTokens(OidcConfig config, AccessTokens tokens, SparseLog refusals) {
    this.config = config;
    this.tokens = tokens;
    this.refusals = refusals;
  }

  static IssuedTokens of(OidcConfig config, LongSupplier nanoTime) {
    return new IssuedTokens(
        config,
        new AccessTokens(config, InstantSource.system(), nanoTime),
        new SparseLog(Duration.ofSeconds(10), nanoTime));
  }

  /**
   * Who shows a token. May wait for the issuer.
   *
   * @throws RefusedException if it is wrong, or nobody can say whether it is right
   */
  Caller caller(String token) {
    return switch (tokens.verdict(token)) {
      case Verdict.Right(var name, var values) -> new Caller(PREFIX + name, role(values));
      case Verdict.Wrong(var reason) -> {
        refusals.tell(left -> LOG.warnf("token refused reason=%s untold=%s", reason, left));
        throw new RefusedException(WRONG);
      }
      case Verdict.Unknown(var reason) -> {
        refusals.tell(left -> LOG.warnf("token not checked reason=%s untold=%s", reason, left));
        throw new RefusedException(NOBODY_KNOWS);
      }
    };
  }

  private Optional<Role> role(Set<String> values) {
    if (!Collections.disjoint(values, config.operatorValues())) {
      return Optional.of(Role.OPERATOR);
    }
    return Collections.disjoint(values, config.viewerValues())
        ? Optional.empty()
        : Optional.of(Role.VIEWER);
  }
}
