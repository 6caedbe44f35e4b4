package io.meshbridge.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshbridge.api.Certificates;
import io.meshbridge.config.OidcConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IssuerClientTest {
  private static final String KEYS = "{\"keys\":[]}";

  @TempDir private Path folder;
  private Path authority;

  @BeforeEach
  void anAuthority() throws IOException {
    Certificates.create(folder, "spiffe://east/nobody");
    authority = folder.resolve("ca.crt");
  }

  @Test
  void findsKeysWhereTheMetadataOfTheIssuerSay() throws Exception {
    try (var issuer = TestIssuer.overTls(Certificates.client(folder, "server"), KEYS)) {
      assertThat(new IssuerClient(Optional.of(authority)).keysOf(issuer.url())).isEqualTo(KEYS);
    }
  }

  @Test
  void trustsOnlyWhomItIsToldTo() throws Exception {
    Path others = Files.createDirectory(folder.resolve("others"));
    Certificates.create(others, "spiffe://east/nobody");
    try (var issuer = TestIssuer.overTls(Certificates.client(folder, "server"), KEYS)) {
      for (Optional<Path> wrong :
          List.of(Optional.<Path>empty(), Optional.of(others.resolve("ca.crt")))) {
        assertThatThrownBy(() -> new IssuerClient(wrong).keysOf(issuer.url()))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("/.well-known/openid-configuration: ");
      }
      assertThat(issuer.asked()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"issuer\":\"https://other.example\",\"jwks_uri\":\"URL/keys\"}",
        "{\"issuer\":\"URL/\",\"jwks_uri\":\"URL/keys\"}",
        "{\"jwks_uri\":\"URL/keys\"}",
        "{\"issuer\":\"URL\"}",
        "{\"issuer\":\"URL\",\"jwks_uri\":\"http://login.example/keys\"}",
        "{\"issuer\":\"URL\",\"jwks_uri\":\"file:///etc/passwd\"}",
        "{\"issuer\":\"URL\",\"jwks_uri\":\"not an address\"}",
        "{\"issuer\":\"URL\",\"jwks_uri\":7}",
        "<html>"
      })
  void asksNobodyElse(String metadata) throws Exception {
    try (var issuer = TestIssuer.at(0, KEYS)) {
      issuer.metadata = metadata.replace("URL", issuer.url().toString());

      assertThatThrownBy(() -> new IssuerClient(Optional.empty()).keysOf(issuer.url()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("/.well-known/openid-configuration");
      assertThat(issuer.asked()).isZero();
    }
  }

  @Test
  void takesNoAnswerThatIsTooLongOrIsNone() throws Exception {
    try (var issuer = TestIssuer.at(0, " ".repeat(300_000))) {
      var keys = issuer.url().resolve("/keys");
      var client = new IssuerClient(Optional.empty());

      assertThatThrownBy(() -> client.get(keys)).isInstanceOf(IOException.class);

      issuer.keys = KEYS;
      assertThat(client.get(keys)).isEqualTo(KEYS);
      issuer.status = 503;
      assertThatThrownBy(() -> client.get(keys))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("503");
    }
  }

  @Test
  void saysAtTheStartWhichFileCannotBeUsed() throws Exception {
    var missing = folder.resolve("missing");
    var empty = Files.writeString(folder.resolve("empty"), "");
    var noKeys = Files.writeString(folder.resolve("no-keys"), "{\"keys\":[]}");
    var keys =
        Files.writeString(folder.resolve("keys"), Tokens.published(Tokens.key("one", "ES256")));

    assertThat(fault(new OidcConfig.Keys.OfMetadata(Optional.of(authority)))).isEmpty();
    assertThat(fault(new OidcConfig.Keys.OfMetadata(Optional.empty()))).isEmpty();
    assertThat(fault(new OidcConfig.Keys.OfMetadata(Optional.of(missing))))
        .startsWith("meshbridge.api.oidc.ca-file: '" + missing + "' cannot be used");
    assertThat(fault(new OidcConfig.Keys.OfMetadata(Optional.of(empty))))
        .contains("holds no certificate");
    assertThat(fault(new OidcConfig.Keys.In(keys))).isEmpty();
    assertThat(fault(new OidcConfig.Keys.In(noKeys)))
        .startsWith("meshbridge.api.oidc.jwks-file: '" + noKeys + "' cannot be used");
    assertThat(fault(new OidcConfig.Keys.In(missing))).contains("jwks-file", "cannot be used");
  }

  private static String fault(OidcConfig.Keys keys) {
    return OidcFiles.faultOf(Tokens.config(URI.create("https://login.example"), keys))
        .map(fault -> fault.key() + ": " + fault.message())
        .orElse("");
  }
}
