package io.meshbridge.model.traffic;

import java.util.List;
import java.util.OptionalInt;

/**
 * What happens to some of a service's connections, of which nobody looks at more than the start:
 * TLS that stays closed is told apart by its server name, TCP only by its port.
 *
 * @param serverNames of TLS connections (SNI), with {@code *.} for any first labels; none for
 *     connections without regard to TLS
 * @param port the service's port; empty for all
 * @param client who connects
 * @param backends that share the connections
 * @param sources where it was declared
 */
public record L4Rule(
    List<String> serverNames,
    OptionalInt port,
    ClientMatch client,
    List<WeightedBackend> backends,
    Sources sources) {
  /** Copies. */
  public L4Rule {
    serverNames = List.copyOf(serverNames);
    backends = List.copyOf(backends);
  }

  /** Whether it is about TLS. */
  public boolean isTls() {
    return !serverNames.isEmpty();
  }

  /** The same rule, without where it was declared. */
  public L4Rule withoutSources() {
    return new L4Rule(serverNames, port, client, backends, Sources.NONE);
  }
}
