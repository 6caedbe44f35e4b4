package io.meshbridge.api;

import io.meshbridge.config.ApiConfig;
import io.meshbridge.config.ApiSettings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.eclipse.microprofile.config.Config;

/** Knows callers by what they show, and what they may do. Never by where they call from. */
@Singleton
final class Doorkeeper {
  private static final String BEARER = "Bearer ";

  /** The methods of gRPC for which nobody needs to be known. */
  private static final String HEALTH = "grpc.health.v1.Health/";

  private static final String REFLECTION = "grpc.reflection.";

  /** Those that only look; every other one changes something. */
  private static final Set<String> LOOKING = Set.of("meshbridge.v1.Orders/ListOrders");

  private static final String ALWAYS_LOOKING = "meshbridge.v1.Meshbridge/";

  private final ApiConfig config;
  private final DoorRules rules;
  private final Optional<TokenFile> operatorToken;
  private final Optional<TokenFile> viewerToken;
  private final Optional<IssuedTokens> issuedTokens;

  @Inject
  Doorkeeper(Config config) {
    this(ApiSettings.read(config), System::nanoTime);
  }

  Doorkeeper(ApiConfig config, LongSupplier nanoTime) {
    this.config = config;
    this.issuedTokens = config.oidc().map(oidc -> IssuedTokens.of(oidc, nanoTime));
    this.rules = new DoorRules(config.readingNeedsCredential(), config.hasCredentials());
    this.operatorToken = config.operatorToken().map(file -> new TokenFile(file, nanoTime));
    this.viewerToken = config.viewerToken().map(file -> new TokenFile(file, nanoTime));
  }

  /**
   * What a caller shows.
   *
   * @param authorization each header of that name
   * @param certificateNames of a certificate that was checked
   * @param socketUser who opened our own socket; empty if the call did not come by it
   */
  record Shown(
      List<String> authorization, List<String> certificateNames, Optional<String> socketUser) {}

  /** Who it is, or how that can be found out. */
  sealed interface Identity {
    /** Known at once. */
    record Known(Caller caller) implements Identity {}

    /** Its issuer may have to be asked for keys: not on a thread that must not wait. */
    record Issued(IssuedTokens tokens, String token) implements Identity {
      /**
       * Who it is.
       *
       * @throws RefusedException if the token is wrong, or nobody can say whether it is right
       */
      Caller find() {
        return tokens.caller(token);
      }
    }
  }

  /**
   * Who it is.
   *
   * @throws RefusedException if a credential is shown that is wrong
   */
  Identity identify(Shown shown) {
    if (shown.socketUser().isPresent()) {
      return new Identity.Known(new Caller(shown.socketUser().get() + " (socket)", Role.OPERATOR));
    }
    if (!shown.authorization().isEmpty() && takesTokens()) {
      return ofToken(shown.authorization());
    }
    return new Identity.Known(ofCertificate(shown.certificateNames()));
  }

  /** Why a caller may not call a method of gRPC; empty if it may. */
  Optional<Refusal> refusal(Caller caller, String method) {
    if (method.startsWith(HEALTH)) {
      return Optional.empty();
    }
    boolean looks =
        method.startsWith(ALWAYS_LOOKING)
            || method.startsWith(REFLECTION)
            || LOOKING.contains(method);
    return rules.refusal(caller, looks ? Role.VIEWER : Role.OPERATOR);
  }

  /** Why a caller may not do what needs a role; empty if it may. */
  Optional<Refusal> refusal(Caller caller, Role needed) {
    return rules.refusal(caller, needed);
  }

  private boolean takesTokens() {
    return operatorToken.isPresent() || viewerToken.isPresent() || issuedTokens.isPresent();
  }

  private Identity ofToken(List<String> authorization) {
    var header = authorization.getFirst();
    boolean isBearer = header.regionMatches(true, 0, BEARER, 0, BEARER.length());
    if (authorization.size() == 1 && isBearer) {
      var token = header.substring(BEARER.length()).strip();
      // Both are compared always: how long it takes tells nothing.
      boolean isOperator = operatorToken.map(file -> file.holds(token)).orElse(false);
      boolean isViewer = viewerToken.map(file -> file.holds(token)).orElse(false);
      if (isOperator) {
        return new Identity.Known(new Caller("operator (token)", Role.OPERATOR));
      }
      if (isViewer) {
        return new Identity.Known(new Caller("viewer (token)", Role.VIEWER));
      }
      if (issuedTokens.isPresent()) {
        return new Identity.Issued(issuedTokens.get(), token);
      }
      throw new RefusedException(IssuedTokens.WRONG);
    }
    throw new RefusedException(
        new Refusal(
            Refusal.Kind.UNAUTHENTICATED,
            "what was shown is no credential that this bridge knows; expected is one header"
                + " 'Authorization: Bearer TOKEN'"));
  }

  private Caller ofCertificate(List<String> names) {
    return named(names, config.operatorCertificates(), Role.OPERATOR)
        .or(() -> named(names, config.viewerCertificates(), Role.VIEWER))
        .orElse(Caller.NOBODY);
  }

  private static Optional<Caller> named(List<String> names, Set<String> known, Role role) {
    return names.stream()
        .filter(known::contains)
        .findFirst()
        .map(name -> new Caller(name + " (certificate)", role));
  }
}
