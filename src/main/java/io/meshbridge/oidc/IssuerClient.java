package io.meshbridge.oidc;

import io.meshbridge.config.OidcConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jose4j.http.Get;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;

/** Asks an issuer. */
final class IssuerClient {
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration READ = Duration.ofSeconds(4);
  private static final int MOST_BYTES = 256 * 1024;
  private static final String METADATA = "/.well-known/openid-configuration";

  private final Get get = new Get();

  /**
   * Whom the authorities in a file vouch for; those of the platform without one.
   *
   * @throws IOException if the file cannot be used
   */
  IssuerClient(Optional<Path> caFile) throws IOException {
    get.setConnectTimeout(Math.toIntExact(CONNECT.toMillis()));
    get.setReadTimeout(Math.toIntExact(READ.toMillis()));
    // Who asks again, and when, is decided elsewhere.
    get.setRetries(0);
    get.setResponseBodySizeLimit(MOST_BYTES);
    if (caFile.isPresent()) {
      get.setSslSocketFactory(Authorities.in(caFile.get()).getSocketFactory());
    }
  }

  /**
   * What is at an address.
   *
   * @throws IOException if it cannot be read
   */
  String get(URI address) throws IOException {
    try {
      return get.get(address.toString()).getBody();
    } catch (IOException failed) {
      throw new IOException(address + ": " + failed.getMessage(), failed);
    }
  }

  /**
   * The keys of an issuer, from where its metadata say.
   *
   * @throws IOException if either cannot be read, or the metadata are not of this issuer
   */
  String keysOf(URI issuer) throws IOException {
    var base = issuer.toString();
    var address = (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + METADATA;
    var metadata = json(address, get(URI.create(address)));
    if (!base.equals(metadata.get("issuer"))) {
      throw new IOException(address + " is about another issuer: " + metadata.get("issuer"));
    }
    return get(addressOfKeys(address, metadata));
  }

  private static URI addressOfKeys(String address, Map<String, Object> metadata)
      throws IOException {
    try {
      var keys = URI.create(String.valueOf(metadata.get("jwks_uri")));
      // No less safe than the issuer's, which was looked at with the configuration.
      if (OidcConfig.isSafe(keys)) {
        return keys;
      }
    } catch (IllegalArgumentException noAddress) {
      throw new IOException(address + " has no address of keys", noAddress);
    }
    throw new IOException(address + " has no address of keys (jwks_uri) that can be trusted");
  }

  private static Map<String, Object> json(String address, String text) throws IOException {
    try {
      return JsonUtil.parseJson(text);
    } catch (JoseException noJson) {
      throw new IOException(address + " is no JSON object", noJson);
    }
  }
}
