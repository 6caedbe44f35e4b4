package io.meshbridge.model.traffic;

import java.util.List;
import java.util.Optional;

/**
 * How TLS ends at a listener.
 *
 * @param mode whether clients prove who they are
 * @param certificates the names under which the origin keeps the certificates that it shows; what
 *     they hold never travels
 * @param minVersion the oldest version of TLS that it speaks, such as {@code 1.2}; empty for the
 *     mesh's default
 */
public record ListenerTls(Mode mode, List<String> certificates, Optional<String> minVersion) {
  /** Copies. */
  public ListenerTls {
    certificates = List.copyOf(certificates);
  }

  /** Who proves what. */
  public enum Mode {
    /** The gateway alone shows a certificate. */
    TERMINATE,
    /** Clients have to show one, too. */
    MUTUAL
  }
}
