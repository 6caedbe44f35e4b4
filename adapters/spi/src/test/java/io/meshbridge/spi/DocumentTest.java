package io.meshbridge.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.model.Location;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentTest {
  private static final Document DOCUMENT =
      new Document(
          new Location("web.yaml", 3),
          Map.of(),
          Map.of("spec", 5, "spec.ports", 6, "spec.ports[1]", 9, "metadata.labels.app.io/name", 4));

  @ParameterizedTest
  @CsvSource({
    "spec.ports, 6",
    "spec.ports[1].number, 9",
    "spec.ports[0].number, 6",
    "spec.ports[12], 6",
    "spec.hosts[0], 5",
    "metadata.labels.app.io/name, 4",
    "metadata.labels.app.io/other, 3",
    "status, 3",
    "[0], 3",
    "'', 3",
  })
  void knowsTheLineOfTheNearestFieldAround(String path, int line) {
    assertThat(DOCUMENT.locationOf(path)).isEqualTo(new Location("web.yaml", line));
  }

  @Test
  void hasNoLineIfNoneIsKnown() {
    var live = new Document(Location.of("Service shop/web"), Map.of(), Map.of());

    assertThat(live.locationOf("spec.ports")).isEqualTo(Location.of("Service shop/web"));
  }
}
