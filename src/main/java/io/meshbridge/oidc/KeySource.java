package io.meshbridge.oidc;

import io.meshbridge.config.OidcConfig;
import java.io.IOException;
import java.nio.file.Files;

/** Where an issuer's keys are. */
@FunctionalInterface
interface KeySource {
  /**
   * The keys as they are now, as JSON (JWKS). May wait for somebody; ends when interrupted.
   *
   * @throws IOException if they cannot be read
   */
  String read() throws IOException;

  /** As configured. */
  static KeySource of(OidcConfig config) {
    return switch (config.keys()) {
      case OidcConfig.Keys.In(var file) -> () -> Files.readString(file);
      case OidcConfig.Keys.At(var url, var caFile) -> () -> new IssuerClient(caFile).get(url);
      case OidcConfig.Keys.OfMetadata(var caFile) ->
          () -> new IssuerClient(caFile).keysOf(config.issuer());
    };
  }
}
