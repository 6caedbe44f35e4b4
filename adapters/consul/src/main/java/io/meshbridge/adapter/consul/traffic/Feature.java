package io.meshbridge.adapter.consul.traffic;

/** What servers can do only from some version on (Consul's change log names each). */
public enum Feature {
  /** {@code LoadBalancer} of a service-resolver. */
  LOAD_BALANCER(1, 9, 0, false),
  /** Headers changed by routes and splits. */
  HEADERS(1, 11, 0, false),
  /** {@code TLS} of a gateway's listener. */
  LISTENER_TLS(1, 11, 0, false),
  /** Deleting a config entry only if it is still of the version that was read. */
  DELETE_IF_UNCHANGED(1, 11, 0, false),
  /** {@code TLSMinVersion} of a gateway and its listeners. */
  TLS_VERSIONS(1, 11, 2, false),
  /** Several services at a gateway's listener for HTTP/2 or gRPC. */
  SERVICES_BY_HTTP2(1, 12, 2, false),
  /** {@code RetryOn} of a route. */
  RETRY_ON(1, 14, 0, false),
  /** {@code Targets} of a failover. */
  FAILOVER_TARGETS(1, 14, 0, false),
  /** {@code IdleTimeout} of a route. */
  IDLE_TIMEOUT(1, 14, 2, false),
  /** {@code PrioritizeByLocality}, in Enterprise alone. */
  LOCALITY(1, 17, 0, true),
  /** {@code CaseInsensitive} of a match. */
  CASE_INSENSITIVE(1, 18, 0, false),
  /** Timeouts below zero, which switch them off. */
  TIMEOUT_OFF(1, 18, 0, false);

  private final int major;
  private final int minor;
  private final int patch;
  private final boolean enterprise;

  Feature(int major, int minor, int patch, boolean enterprise) {
    this.major = major;
    this.minor = minor;
    this.patch = patch;
    this.enterprise = enterprise;
  }

  boolean isIn(ServerVersion version) {
    return version.isAtLeast(major, minor, patch) && (!enterprise || version.enterprise());
  }

  /** For people. */
  String since() {
    return "Consul " + (enterprise ? "Enterprise " : "") + major + "." + minor;
  }
}
