package io.meshbridge.adapter.istio.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CapabilitiesTest {
  @ParameterizedTest
  @CsvSource({
    "1.22.3, false, false, false",
    "1.25.3, false, false, false",
    "1.26.0, true, false, false",
    "v1.27.1, true, true, false",
    "1.31-alpha.abc, true, true, true"
  })
  void growWithTheVersion(String version, boolean backoff, boolean budget, boolean prefix) {
    assertThat(Capabilities.of(version))
        .satisfies(can -> assertThat(can.retryBackoff()).isEqualTo(backoff))
        .satisfies(can -> assertThat(can.retryBudget()).isEqualTo(budget))
        .satisfies(can -> assertThat(can.certificateLists()).isEqualTo(budget))
        .satisfies(can -> assertThat(can.prefixRedirect()).isEqualTo(prefix))
        .satisfies(can -> assertThat(can.budgetInterval()).isEqualTo(prefix));
  }

  @Test
  void onlyOldVersionsTryAgainAfterA503ByThemselves() {
    assertThat(Capabilities.of("1.23.4").retriesUnsaid503()).isTrue();
    assertThat(Capabilities.of("1.24.0").retriesUnsaid503()).isFalse();
    assertThat(Capabilities.of("").retriesUnsaid503()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "latest", "distroless", "2.0.0"})
  void aVersionThatIsNotKnownIsTheNewestThatIs(String version) {
    assertThat(Capabilities.of(version)).isEqualTo(Capabilities.of(""));
  }

  @Test
  void theNewestThatIsKnownIsNotToldWhatItsDefinitionsDoNotHave() {
    assertThat(Capabilities.of("").retryBudget()).isTrue();
    assertThat(Capabilities.of("").prefixRedirect()).isFalse();
  }
}
