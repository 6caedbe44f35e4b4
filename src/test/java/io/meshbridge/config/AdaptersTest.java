package io.meshbridge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshbridge.testing.PaperAdapter;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdaptersTest {
  @Test
  void findsAdaptersByKind() {
    var paper = new PaperAdapter("paper");

    var adapters = new Adapters(List.of(new PaperAdapter("stone"), paper), List.of());

    assertThat(adapters.kinds()).containsExactly("paper", "stone");
    assertThat(adapters.find("paper")).containsSame(paper);
    assertThat(adapters.find("glass")).isEmpty();
  }

  @Test
  void refusesTwoAdaptersOfOneKind() {
    var twins =
        List.<io.meshbridge.spi.MeshAdapter>of(
            new PaperAdapter("paper"), new PaperAdapter("paper"));

    assertThatThrownBy(() -> new Adapters(twins, List.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("two adapters claim kind paper");
  }
}
