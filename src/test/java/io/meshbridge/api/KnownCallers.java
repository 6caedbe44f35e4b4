package io.meshbridge.api;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * A door that knows operators and viewers by tokens, certificates and a socket, and nobody else.
 */
public final class KnownCallers implements QuarkusTestProfile {
  static final String OPERATOR = "operator-0123456789abcdef-0123456789";
  static final String VIEWER = "viewer-0123456789abcdef-0123456789ab";
  static final String OPERATOR_ID = "spiffe://east/ns/ops/sa/console";

  @Override
  public Set<Class<?>> getEnabledAlternatives() {
    return Set.of(FakeFederation.class, FakeConfiguration.class, FakeDesk.class);
  }

  @Override
  public Map<String, String> getConfigOverrides() {
    try {
      var folder = folder();
      Certificates.create(folder, OPERATOR_ID);
      return Map.ofEntries(
          Map.entry("meshbridge.messaging.enabled", "false"),
          Map.entry("meshbridge.api.read-requires-credential", "true"),
          Map.entry("meshbridge.api.operator-token-file", token(folder, "operator", OPERATOR)),
          Map.entry("meshbridge.api.viewer-token-file", token(folder, "viewer", VIEWER)),
          Map.entry("meshbridge.api.socket", folder.resolve("run/door").toString()),
          Map.entry("meshbridge.api.tls.certificate", folder.resolve("server.crt").toString()),
          Map.entry("meshbridge.api.tls.key", folder.resolve("server.key").toString()),
          Map.entry("meshbridge.api.tls.client-ca", folder.resolve("ca.crt").toString()),
          Map.entry("meshbridge.api.operator-certificates", OPERATOR_ID));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Where everything of this profile is; the application sees another copy of this class. */
  static Path folder() throws IOException {
    var folder = Path.of("target", "door").toAbsolutePath();
    return Files.createDirectories(folder);
  }

  private static String token(Path folder, String name, String token) throws IOException {
    return Files.writeString(folder.resolve(name), token + "\n").toString();
  }
}
