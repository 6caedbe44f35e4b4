package io.meshbridge.oidc;

import org.jose4j.lang.UnresolvableKeyException;

/** The issuer's keys are not known, and nobody tells them. */
final class UnreachableIssuerException extends UnresolvableKeyException {
  UnreachableIssuerException(String message) {
    super(message);
  }
}
