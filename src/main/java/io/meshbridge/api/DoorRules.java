package io.meshbridge.api;

import java.util.Optional;

/**
 * Who may do what.
 *
 * @param readingNeedsCredential whether nobody may look
 * @param hasCredentials whether there is any credential that could be shown
 */
record DoorRules(boolean readingNeedsCredential, boolean hasCredentials) {
  private static final String HOW_TO =
      "meshbridge.api.operator-token-file, meshbridge.api.socket,"
          + " meshbridge.api.operator-certificates or meshbridge.api.oidc.issuer";

  /** Why a caller may not do what needs a role; empty if it may. */
  Optional<Refusal> refusal(Caller caller, Role needed) {
    boolean isFree = needed == Role.VIEWER && !readingNeedsCredential;
    if (isFree || caller.role().filter(role -> role.includes(needed)).isPresent()) {
      return Optional.empty();
    }
    if (!hasCredentials) {
      return Optional.of(
          new Refusal(
              Refusal.Kind.FORBIDDEN,
              "this bridge knows no credentials, so that nobody may do this; set "
                  + HOW_TO
                  + ", or use the command line (docs/api.md)"));
    }
    var needs = "this needs the role " + needed.word();
    if (caller.isNobody()) {
      return Optional.of(
          new Refusal(
              Refusal.Kind.UNAUTHENTICATED,
              needs + ": show a credential (docs/api.md says which there are)"));
    }
    var has = caller.role().map(role -> "has the role " + role.word()).orElse("has none");
    return Optional.of(
        new Refusal(Refusal.Kind.FORBIDDEN, needs + ", and '" + caller.name() + "' " + has));
  }
}
