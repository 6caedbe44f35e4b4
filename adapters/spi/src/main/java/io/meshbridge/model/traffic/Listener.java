package io.meshbridge.model.traffic;

import io.meshbridge.model.AppProtocol;
import java.util.List;
import java.util.Optional;

/**
 * A port on which an ingress takes connections from outside.
 *
 * @param name unique in its ingress, at most 63 characters
 * @param port 1 to 65535
 * @param kind what it takes
 * @param hosts that it answers for, in lower case: {@code *.example.org} for all below, {@code *}
 *     or none for all
 * @param tls how TLS ends here; present for {@link Kind#HTTPS}, never for {@link Kind#HTTP} and
 *     {@link Kind#TLS}
 * @param sources where it was declared
 */
public record Listener(
    String name,
    int port,
    Kind kind,
    List<String> hosts,
    Optional<ListenerTls> tls,
    Sources sources) {
  private static final int MAX_NAME = 63;
  private static final int MAX_PORT = 65_535;
  private static final String ALL_HOSTS = "*";

  /** What a listener takes. */
  public enum Kind {
    /** HTTP in clear. */
    HTTP,
    /** HTTP within TLS that ends here, so that requests are looked into. */
    HTTPS,
    /** Bytes that nobody looks into; TLS around them ends here if the listener has it. */
    TCP,
    /** TLS that is passed on unopened, told apart by its server name. */
    TLS
  }

  /**
   * @throws IllegalArgumentException if the name or port are not what they must be, or if the TLS
   *     does not go with the kind
   */
  public Listener {
    hosts = List.copyOf(hosts);
    if (name.isBlank() || name.length() > MAX_NAME) {
      throw new IllegalArgumentException(
          "a listener's name must have 1 to " + MAX_NAME + " characters, but is '" + name + "'");
    }
    if (port < 1 || port > MAX_PORT) {
      throw new IllegalArgumentException(
          "the port of listener '" + name + "' must be 1 to " + MAX_PORT + ", but is " + port);
    }
    boolean fits =
        switch (kind) {
          case HTTP, TLS -> tls.isEmpty();
          case HTTPS -> tls.isPresent();
          case TCP -> true;
        };
    if (!fits) {
      throw new IllegalArgumentException(
          "listener '" + name + "' of kind " + kind + " has " + (tls.isEmpty() ? "no TLS" : "TLS"));
    }
  }

  /** Whether it answers for every host. */
  public boolean takesAllHosts() {
    return hosts.isEmpty() || hosts.contains(ALL_HOSTS);
  }

  /** Whether it looks into requests. */
  public boolean isHttp() {
    return kind == Kind.HTTP || kind == Kind.HTTPS;
  }

  /** What clients speak there. */
  public AppProtocol protocol() {
    return switch (kind) {
      case HTTP -> AppProtocol.HTTP;
      case HTTPS -> AppProtocol.HTTPS;
      case TCP -> AppProtocol.TCP;
      case TLS -> AppProtocol.TLS;
    };
  }

  /** The same listener, without where it was declared. */
  public Listener withoutSources() {
    return new Listener(name, port, kind, hosts, tls, Sources.NONE);
  }
}
