package io.meshbridge.oidc;

import io.meshbridge.config.OidcConfig;
import io.meshbridge.spi.InvalidSettingsException.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The files that are named in the settings for an issuer. */
public final class OidcFiles {
  private static final String PREFIX = "meshbridge.api.oidc.";

  private OidcFiles() {}

  /** Looks at what stands there. */
  @FunctionalInterface
  private interface Look {
    void at(Path file) throws IOException;
  }

  /** Why the file cannot be used; empty if it can, or if there is none. */
  public static Optional<Fault> faultOf(OidcConfig config) {
    return switch (config.keys()) {
      case OidcConfig.Keys.In(var file) ->
          faultOf("jwks-file", file, keys -> IssuerKeys.keysIn(Files.readString(keys)));
      case OidcConfig.Keys.At(var url, var caFile) -> faultOf(caFile);
      case OidcConfig.Keys.OfMetadata(var caFile) -> faultOf(caFile);
    };
  }

  private static Optional<Fault> faultOf(Optional<Path> caFile) {
    return caFile.flatMap(file -> faultOf("ca-file", file, Authorities::in));
  }

  private static Optional<Fault> faultOf(String key, Path file, Look look) {
    try {
      look.at(file);
      return Optional.empty();
    } catch (IOException unusable) {
      return Optional.of(
          new Fault(PREFIX + key, "'" + file + "' cannot be used: " + unusable.getMessage()));
    }
  }
}
