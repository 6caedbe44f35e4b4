package io.meshbridge.config;

import static io.meshbridge.spi.SettingSpec.Type.DURATION;
import static io.meshbridge.spi.SettingSpec.Type.PATH;
import static io.meshbridge.spi.SettingSpec.Type.TEXT;
import static io.meshbridge.spi.SettingSpec.Type.URL;
import static io.meshbridge.spi.SettingSpec.optional;

import io.meshbridge.spi.InvalidSettingsException.Fault;
import io.meshbridge.spi.SettingSpec;
import io.meshbridge.spi.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The settings of the door for access tokens of an issuer (OpenID Connect). */
final class OidcSettings {
  private static final String ISSUER = "api.oidc.issuer";
  private static final String AUDIENCE = "api.oidc.audience";
  private static final String NAME_CLAIM = "api.oidc.name-claim";
  private static final String ROLE_CLAIMS = "api.oidc.role-claims";
  private static final String OPERATOR_VALUES = "api.oidc.operator-values";
  private static final String VIEWER_VALUES = "api.oidc.viewer-values";
  private static final String CA_FILE = "api.oidc.ca-file";
  private static final String JWKS_URL = "api.oidc.jwks-url";
  private static final String JWKS_FILE = "api.oidc.jwks-file";
  private static final String LEEWAY = "api.oidc.leeway";

  private static final Duration MOST_LEEWAY = Duration.ofMinutes(5);

  /** All of them. */
  static final List<SettingSpec> SPECS =
      List.of(
          optional(
              ISSUER,
              URL,
              "",
              "The issuer whose access tokens (JWT) count at the door, exactly as their `iss` has"
                  + " it, such as `https://login.example/realms/mesh`. Plain `http` only on"
                  + " loopback."),
          optional(
              AUDIENCE,
              TEXT,
              "",
              "The audience that a token must have (`aud`); required with an issuer. A token for"
                  + " somebody else is refused."),
          optional(
              NAME_CLAIM,
              TEXT,
              "sub",
              "The claim by which orders are signed. It must be one that people cannot choose for"
                  + " themselves."),
          optional(
              ROLE_CLAIMS,
              TEXT,
              "groups",
              "The claims from which roles come, with commas between. A claim in a claim is written"
                  + " with dots: `realm_access.roles`."),
          optional(
              OPERATOR_VALUES,
              TEXT,
              "",
              "The values in those claims that make an operator, with commas between."),
          optional(VIEWER_VALUES, TEXT, "", "Likewise a viewer."),
          optional(
              CA_FILE,
              PATH,
              "",
              "The certificates, in PEM, to which the issuer's must chain, instead of those that"
                  + " the platform trusts. Read each time."),
          optional(
              JWKS_URL,
              URL,
              "",
              "Where the issuer's keys are (JWKS), if not where its metadata"
                  + " (`/.well-known/openid-configuration`) say."),
          optional(
              JWKS_FILE,
              PATH,
              "",
              "A file with the issuer's keys (JWKS), so that nobody need be asked. A change counts"
                  + " within ten minutes."),
          optional(
              LEEWAY,
              DURATION,
              "30s",
              "How far the issuer's clock may differ from ours, in whole seconds, at most 5m."));

  private OidcSettings() {}

  /** Tells what contradicts itself. */
  static void check(Settings settings, Consumer<Fault> faults) {
    var issuer = settings.url(ISSUER);
    if (issuer.isEmpty()) {
      for (String key :
          List.of(AUDIENCE, OPERATOR_VALUES, VIEWER_VALUES, CA_FILE, JWKS_URL, JWKS_FILE)) {
        if (settings.text(key).isPresent()) {
          faults.accept(ApiSettings.fault(key, "counts for nothing: give " + key(ISSUER) + " too"));
        }
      }
      return;
    }
    checkAddress(ISSUER, issuer.get(), faults);
    boolean isPlain = issuer.get().getQuery() == null && issuer.get().getFragment() == null;
    if (!isPlain) {
      faults.accept(
          ApiSettings.fault(ISSUER, "'" + issuer.get() + "' must have neither query nor fragment"));
    }
    settings.url(JWKS_URL).ifPresent(url -> checkAddress(JWKS_URL, url, faults));
    if (settings.text(AUDIENCE).isEmpty()) {
      faults.accept(
          ApiSettings.fault(
              AUDIENCE,
              "is required with "
                  + key(ISSUER)
                  + ": without it tokens that were made for others would count here"));
    }
    if (ApiSettings.names(settings, OPERATOR_VALUES).isEmpty()
        && ApiSettings.names(settings, VIEWER_VALUES).isEmpty()) {
      faults.accept(
          ApiSettings.fault(
              OPERATOR_VALUES, "nobody would have a role: give it, or " + key(VIEWER_VALUES)));
    }
    if (ApiSettings.names(settings, ROLE_CLAIMS).isEmpty()) {
      faults.accept(
          ApiSettings.fault(ROLE_CLAIMS, "names no claim; expected is one such as groups"));
    }
    checkKeys(settings, faults);
    if (settings.duration(LEEWAY).compareTo(MOST_LEEWAY) > 0) {
      faults.accept(
          ApiSettings.fault(LEEWAY, "'" + settings.require(LEEWAY) + "' must be at most 5m"));
    }
  }

  /** What settings without faults say; empty if no tokens of an issuer count. */
  static Optional<OidcConfig> of(Settings settings) {
    return settings
        .url(ISSUER)
        .map(
            issuer ->
                new OidcConfig(
                    issuer,
                    settings.text(AUDIENCE).orElse(""),
                    settings.require(NAME_CLAIM),
                    List.copyOf(ApiSettings.names(settings, ROLE_CLAIMS)),
                    ApiSettings.names(settings, OPERATOR_VALUES),
                    ApiSettings.names(settings, VIEWER_VALUES),
                    keys(settings),
                    settings.duration(LEEWAY)));
  }

  private static OidcConfig.Keys keys(Settings settings) {
    var file = settings.path(JWKS_FILE);
    if (file.isPresent()) {
      return new OidcConfig.Keys.In(file.get());
    }
    var caFile = settings.path(CA_FILE);
    return settings
        .url(JWKS_URL)
        .<OidcConfig.Keys>map(url -> new OidcConfig.Keys.At(url, caFile))
        .orElseGet(() -> new OidcConfig.Keys.OfMetadata(caFile));
  }

  private static void checkKeys(Settings settings, Consumer<Fault> faults) {
    for (String key : List.of(JWKS_URL, CA_FILE)) {
      if (settings.path(JWKS_FILE).isPresent() && settings.text(key).isPresent()) {
        faults.accept(
            ApiSettings.fault(
                key, "nobody is asked for keys, since " + key(JWKS_FILE) + " has them: give one"));
      }
    }
  }

  private static void checkAddress(String key, URI address, Consumer<Fault> faults) {
    if (!OidcConfig.isSafe(address)) {
      faults.accept(
          ApiSettings.fault(
              key,
              (address.getUserInfo() == null ? "'" + address + "'" : "the address")
                  + " must be https, without a user: who is on the way could hand us keys; http is"
                  + " for loopback only"));
    }
  }

  private static String key(String key) {
    return BridgeSettings.PREFIX + key;
  }
}
