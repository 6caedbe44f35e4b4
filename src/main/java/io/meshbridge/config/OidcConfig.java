package io.meshbridge.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whose access tokens count at the door, and for what.
 *
 * @param issuer who makes them; exactly as it stands in them
 * @param audience for whom they have to be made
 * @param nameClaim the claim that says who shows one
 * @param roleClaims the claims whose values give roles
 * @param operatorValues the values that make an operator
 * @param viewerValues the values that make a viewer
 * @param keys where the issuer's keys are
 * @param leeway how far clocks may differ, up to five minutes
 */
public record OidcConfig(
    URI issuer,
    String audience,
    String nameClaim,
    List<String> roleClaims,
    Set<String> operatorValues,
    Set<String> viewerValues,
    Keys keys,
    Duration leeway) {
  private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "[::1]");

  /** Copies. */
  public OidcConfig {
    roleClaims = List.copyOf(roleClaims);
    operatorValues = Set.copyOf(operatorValues);
    viewerValues = Set.copyOf(viewerValues);
  }

  /** Whether nobody on the way can change what is read there. */
  public static boolean isSafe(URI address) {
    boolean isLocal = "http".equals(address.getScheme()) && LOOPBACK.contains(address.getHost());
    return ("https".equals(address.getScheme()) || isLocal)
        && address.getHost() != null
        && address.getUserInfo() == null;
  }

  /** Where keys are. */
  public sealed interface Keys {
    /**
     * Where the issuer's own metadata say.
     *
     * @param caFile whom to trust as the issuer; whom the platform trusts if not given
     */
    record OfMetadata(Optional<Path> caFile) implements Keys {}

    /**
     * At an address.
     *
     * @param caFile as above
     */
    record At(URI url, Optional<Path> caFile) implements Keys {}

    /** In a file. */
    record In(Path file) implements Keys {}
  }
}
