package io.meshbridge.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class LocationTest {

  @Test
  void readsLikeWhatEditorsOpen() {
    assertThat(new Location("web.yaml", 12)).hasToString("web.yaml:12");
    assertThat(Location.of("ServiceEntry shop/web")).hasToString("ServiceEntry shop/web");
  }

  @Test
  void refusesNegativeLines() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Location("web.yaml", -1))
        .withMessageContaining("-1");
  }
}
