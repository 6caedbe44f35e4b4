package io.meshbridge.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.model.Location;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReadingTest {
  @Test
  void findsTheLineOfAFieldByTheObjectThatItStandsIn() {
    var document =
        new Document(new Location("web.yaml", 1), Map.of(), Map.of("spec.http[0].timeout", 7));
    var reading =
        new Reading(
            List.of(),
            new TreeMap<>(),
            List.of(),
            new TreeMap<>(),
            new TreeMap<>(Map.of("VirtualService shop/web", document)));

    assertThat(reading.locationOf("VirtualService shop/web", "spec.http[0].timeout"))
        .contains(new Location("web.yaml", 7));
    assertThat(reading.locationOf("VirtualService shop/web", "spec.tcp"))
        .contains(new Location("web.yaml", 1));
    assertThat(reading.locationOf("VirtualService shop/api", "spec.http")).isEmpty();
  }

  @Test
  void knowsNoObjectsUnlessItIsToldOfThem() {
    var reading = new Reading(List.of(), new TreeMap<>(), List.of(), new TreeMap<>());

    assertThat(reading.locationOf("VirtualService shop/web", "spec")).isEmpty();
  }
}
