package io.meshbridge.oidc;

import java.util.Set;

/** What is to be thought of a token. */
public sealed interface Verdict {
  /**
   * It was made by the issuer, for us, and counts now.
   *
   * @param name whose it is: one line
   * @param values what stands in the claims that give roles
   */
  record Right(String name, Set<String> values) implements Verdict {
    /** Copies. */
    public Right {
      values = Set.copyOf(values);
    }
  }

  /**
   * It does not count.
   *
   * @param reason for our log, and nobody else; holds nothing of the token
   */
  record Wrong(String reason) implements Verdict {}

  /**
   * Nobody knows, since the issuer does not say its keys.
   *
   * @param reason for our log
   */
  record Unknown(String reason) implements Verdict {}
}
