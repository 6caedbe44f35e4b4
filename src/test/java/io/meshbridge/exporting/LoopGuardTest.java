package io.meshbridge.exporting;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.model.FederationPath;
import io.meshbridge.spi.Offer;
import io.meshbridge.testkit.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopGuardTest {

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void admitsWhatIsAtHome(boolean transitAllowed) {
    assertThat(LoopGuard.admit(offer("m"), transitAllowed)).contains(FederationPath.parse("m"));
  }

  @Test
  void refusesWhatCameFromElsewhere() {
    assertThat(LoopGuard.admit(offer("a,m"), false)).isEmpty();
  }

  @Test
  void letsTransitPassUnderTheWholePath() {
    assertThat(LoopGuard.admit(offer("a,b,m"), true)).contains(FederationPath.parse("a,b,m"));
  }

  private static Offer offer(String path) {
    var plain = Samples.offer(Samples.key("m", "shop", "web"), "10.0.0.1");
    return new Offer(
        plain.key(),
        plain.ports(),
        plain.labels(),
        plain.hostnames(),
        plain.access(),
        plain.endpoints(),
        FederationPath.parse(path),
        List.of());
  }
}
