package io.meshbridge.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class TrustBundleTest {
  private static final String ONE = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----";
  private static final String TWO = "-----BEGIN CERTIFICATE-----\nBBBB\n-----END CERTIFICATE-----";

  @Test
  void findsTheCertificatesOfATextAndNothingElse() {
    var text =
        "# old root\r\n"
            + TWO.replace("\n", "\r\n")
            + "\n-----BEGIN PRIVATE KEY-----\nCCCC\n-----END PRIVATE KEY-----\n"
            + ONE
            + ONE;

    assertThat(TrustBundle.rootsIn(text)).containsExactly(ONE, TWO);
  }

  @Test
  void isEqualWhateverTheOrderOfItsRoots() {
    assertThat(bundle(List.of(TWO, ONE, TWO))).isEqualTo(bundle(List.of(ONE, TWO)));
  }

  @Test
  void refusesWhatIsNoCertificate() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> bundle(List.of("AAAA")))
        .withMessageContaining("AAAA");
    assertThatIllegalArgumentException().isThrownBy(() -> bundle(List.of()));
  }

  private static TrustBundle bundle(List<String> roots) {
    return new TrustBundle("cluster.local", roots, 1, TrustBundle.USUAL_REFRESH);
  }
}
