package io.meshbridge.api;

import io.meshbridge.oidc.Tokens;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Set;

/** A door whose only credentials are tokens of an issuer that is not there yet. */
public final class AwayIssuer implements QuarkusTestProfile {
  static final String ISSUER = "meshbridge.api.oidc.issuer";

  @Override
  public Set<Class<?>> getEnabledAlternatives() {
    return Set.of(FakeFederation.class, FakeConfiguration.class, FakeDesk.class);
  }

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of(
        "meshbridge.messaging.enabled",
        "false",
        ISSUER,
        "http://127.0.0.1:" + freePort(),
        "meshbridge.api.oidc.audience",
        Tokens.AUDIENCE,
        "meshbridge.api.oidc.operator-values",
        "mesh-operators");
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
