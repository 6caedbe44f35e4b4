package io.meshbridge.api;

import java.util.Optional;

/**
 * Who asks.
 *
 * @param name as the audit trail has it; empty for nobody
 * @param role empty for nobody, and for somebody whom we know but who has none
 */
record Caller(String name, Optional<Role> role) {
  /** Somebody who has shown nothing. */
  static final Caller NOBODY = new Caller("", Optional.empty());

  Caller(String name, Role role) {
    this(name, Optional.of(role));
  }

  /** Whether nothing has been shown. */
  boolean isNobody() {
    return name.isEmpty();
  }
}
