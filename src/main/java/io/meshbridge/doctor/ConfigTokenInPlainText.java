package io.meshbridge.doctor;

import io.meshbridge.config.BridgeConfig;
import io.meshbridge.config.MeshConfig;
import java.net.URI;
import java.util.Set;
import java.util.stream.Stream;

/** A token that everybody on the way can read. */
final class ConfigTokenInPlainText implements ConfigCheck {
  private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

  @Override
  public Trap trap() {
    return Trap.error(
        "config-token-in-plain-text",
        "",
        "who is on the way can read the token, and act as the bridge",
        "use https, with tls.ca-file if the agent's certificate is your own");
  }

  @Override
  public Stream<Finding> look(BridgeConfig config) {
    return config.meshes().stream()
        .filter(ConfigTokenInPlainText::hasToken)
        .flatMap(
            mesh ->
                mesh.settings().url("url").filter(ConfigTokenInPlainText::isExposed).stream()
                    .map(
                        url ->
                            found(
                                ConfigKeys.of(mesh, "settings.url"),
                                "a token that is sent to " + url)));
  }

  private static boolean hasToken(MeshConfig mesh) {
    return mesh.settings().text("token").isPresent()
        || mesh.settings().text("token-file").isPresent();
  }

  private static boolean isExposed(URI url) {
    return "http".equals(url.getScheme()) && !LOCAL.contains(url.getHost());
  }
}
