package io.meshbridge.testkit.kubernetes;

/** An API server that tests talk to. */
interface ApiBackend extends AutoCloseable {
  /** For people: what this is. */
  String description();

  /** The loopback port on which it answers. */
  int port();

  /** {@code http} or {@code https}. */
  String scheme();

  /** The certificate to trust, as PEM; empty if it speaks in clear. */
  String caCertificate();

  /** The token of an administrator; empty if it asks for none. */
  String token();

  @Override
  void close();
}
