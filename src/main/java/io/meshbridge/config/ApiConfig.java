package io.meshbridge.config;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Who may do what by the door.
 *
 * @param readingNeedsCredential whether nobody may look without a credential
 * @param operatorToken the file with the token of operators
 * @param viewerToken the file with the token of viewers
 * @param socket the Unix domain socket whose callers are operators
 * @param operatorCertificates the names of client certificates whose holders are operators
 * @param viewerCertificates likewise of viewers
 * @param oidc whose access tokens count
 */
public record ApiConfig(
    boolean readingNeedsCredential,
    Optional<Path> operatorToken,
    Optional<Path> viewerToken,
    Optional<Path> socket,
    Set<String> operatorCertificates,
    Set<String> viewerCertificates,
    Optional<OidcConfig> oidc) {
  /** Nobody may do anything. */
  public static final ApiConfig CLOSED =
      new ApiConfig(
          true,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Set.of(),
          Set.of(),
          Optional.empty());

  /** Copies. */
  public ApiConfig {
    operatorCertificates = Set.copyOf(operatorCertificates);
    viewerCertificates = Set.copyOf(viewerCertificates);
  }

  /** Whether there is any credential that could be shown. */
  public boolean hasCredentials() {
    return operatorToken.isPresent()
        || viewerToken.isPresent()
        || socket.isPresent()
        || !operatorCertificates.isEmpty()
        || !viewerCertificates.isEmpty()
        || oidc.isPresent();
  }
}
