package io.meshbridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OidcSettingsTest {
  private static final String PREFIX = "meshbridge.api.oidc.";

  private final Map<String, String> settings = new TreeMap<>();

  @Test
  void takesNoTokensOfAnyIssuerIfNothingIsSaid() {
    assertThat(ApiSettings.read(GivenSettings.configOf(settings)).oidc()).isEmpty();
    assertThat(GivenSettings.faultsOf(settings)).isEmpty();
  }

  @Test
  void readsWhatIsSaid() {
    complete();
    set("role-claims", "groups, realm_access.roles");
    set("viewer-values", "staff");
    set("ca-file", "/run/ca.crt");

    assertThat(GivenSettings.faultsOf(settings)).isEmpty();
    assertThat(ApiSettings.read(GivenSettings.configOf(settings)).hasCredentials()).isTrue();
    assertThat(ApiSettings.read(GivenSettings.configOf(settings)).oidc())
        .contains(
            new OidcConfig(
                URI.create("https://login.example/mesh"),
                "door",
                "sub",
                List.of("groups", "realm_access.roles"),
                Set.of("ops", "admins"),
                Set.of("staff"),
                new OidcConfig.Keys.OfMetadata(Optional.of(Path.of("/run/ca.crt"))),
                Duration.ofSeconds(30)));
  }

  @Test
  void readsWhereKeysAre() {
    complete();
    assertThat(keys()).isEqualTo(new OidcConfig.Keys.OfMetadata(Optional.empty()));
    set("jwks-url", "https://keys.example/");
    assertThat(keys())
        .isEqualTo(new OidcConfig.Keys.At(URI.create("https://keys.example/"), Optional.empty()));
    settings.remove(PREFIX + "jwks-url");
    set("jwks-file", "/run/keys");
    assertThat(keys()).isEqualTo(new OidcConfig.Keys.In(Path.of("/run/keys")));
    assertThat(GivenSettings.faultsOf(settings)).isEmpty();
  }

  @Test
  void namesAllThatIsWrongAtOnce() {
    set("issuer", "http://login.example/mesh?x=y");
    set("role-claims", ",");
    set("jwks-url", "http://keys.example");
    set("jwks-file", "/run/keys");
    set("ca-file", "/run/ca.crt");
    set("leeway", "6m");

    assertThat(GivenSettings.faultsOf(settings))
        .extracting(line -> line.substring(PREFIX.length(), line.indexOf(": ")))
        .containsExactly(
            "issuer",
            "issuer",
            "jwks-url",
            "audience",
            "operator-values",
            "role-claims",
            "jwks-url",
            "ca-file",
            "leeway");
    assertThat(ApiSettings.read(GivenSettings.configOf(settings))).isEqualTo(ApiConfig.CLOSED);
  }

  @Test
  void namesWhatCountsForNothingWithoutAnIssuer() {
    set("audience", "door");
    set("viewer-values", "staff");

    assertThat(GivenSettings.faultsOf(settings))
        .containsExactly(
            PREFIX + "audience: counts for nothing: give " + PREFIX + "issuer too",
            PREFIX + "viewer-values: counts for nothing: give " + PREFIX + "issuer too");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://login.example",
        "http://127.0.0.1:8080/x",
        "http://localhost",
        "http://[::1]:1"
      })
  void takesIssuersThatNobodyOnTheWayCanImitate(String issuer) {
    complete();
    set("issuer", issuer);

    assertThat(GivenSettings.faultsOf(settings)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "http://login.example, must be https",
    "http://127.0.0.1.login.example, must be https",
    "http://localhost@login.example, must be https",
    "https://anna:secret@login.example, must be https",
    "ftp://login.example, must be https",
    "https://login.example/#x, neither query nor fragment",
    "login.example, is not an absolute URL"
  })
  void refusesOthers(String issuer, String reason) {
    complete();
    set("issuer", issuer);

    assertThat(GivenSettings.faultsOf(settings))
        .singleElement()
        .asString()
        .startsWith(PREFIX + "issuer")
        .contains(reason);
  }

  private void complete() {
    set("issuer", "https://login.example/mesh");
    set("audience", "door");
    set("operator-values", "ops, admins");
  }

  private void set(String key, String value) {
    settings.put(PREFIX + key, value);
  }

  private OidcConfig.Keys keys() {
    return ApiSettings.read(GivenSettings.configOf(settings)).oidc().orElseThrow().keys();
  }
}
