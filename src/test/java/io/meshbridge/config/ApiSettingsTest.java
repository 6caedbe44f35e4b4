package io.meshbridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ApiSettingsTest {
  private final Map<String, String> settings = new TreeMap<>();

  @Test
  void knowsNobodyAndShowsAllIfNothingIsSaid() {
    var api = ApiSettings.read(GivenSettings.configOf(settings));

    assertThat(api.hasCredentials()).isFalse();
    assertThat(api.readingNeedsCredential()).isFalse();
  }

  @Test
  void readsWhatIsSaid() {
    settings.put("meshbridge.api.operator-token-file", "/run/token");
    settings.put("meshbridge.api.tls.certificate", "/run/tls.crt");
    settings.put("meshbridge.api.tls.key", "/run/tls.key");
    settings.put("meshbridge.api.tls.client-ca", "/run/ca.crt");
    settings.put("meshbridge.api.viewer-certificates", "a.example, spiffe://east/b ,");

    var api = ApiSettings.read(GivenSettings.configOf(settings));

    assertThat(api.operatorToken()).contains(Path.of("/run/token"));
    assertThat(api.viewerCertificates()).containsExactlyInAnyOrder("a.example", "spiffe://east/b");
    assertThat(api.hasCredentials()).isTrue();
    assertThat(GivenSettings.faultsOf(settings)).isEmpty();
  }

  @Test
  void namesAllThatContradictsItself() {
    settings.put("meshbridge.api.read-requires-credential", "true");
    settings.put("meshbridge.api.tls.certificate", "/run/tls.crt");

    assertThat(GivenSettings.faultsOf(settings))
        .containsExactly(
            "meshbridge.api.tls.key: and meshbridge.api.tls.certificate go together: give both or"
                + " none",
            "meshbridge.api.read-requires-credential: nobody could read: give a credential too,"
                + " such as meshbridge.api.viewer-token-file");
  }

  @Test
  void namesCertificatesThatNobodyCouldShow() {
    settings.put("meshbridge.api.operator-certificates", "a.example");

    assertThat(GivenSettings.faultsOf(settings))
        .singleElement()
        .asString()
        .startsWith("meshbridge.api.operator-certificates: nobody can show a certificate");
  }

  @Test
  void letsNobodyInIfItIsToldSomethingWrong() {
    settings.put("meshbridge.api.operator-token-file", "/run/token");
    settings.put("meshbridge.api.read-requires-credential", "perhaps");

    assertThat(ApiSettings.read(GivenSettings.configOf(settings))).isEqualTo(ApiConfig.CLOSED);
  }
}
