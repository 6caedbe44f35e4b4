package io.meshbridge.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OwnedFieldsTest {
  private static final Map<String, Object> PORT = Map.of("name", "http", "number", 80);

  private final OwnedFields owned = new OwnedFields(Set.of("spec.ports"));

  @Test
  void fieldsThatWeDoNotWriteAreNotOurs() {
    var live = live(Map.of("hosts", List.of("a"), "exportTo", List.of(".")));

    assertThat(owned.hold(wanted(Map.of("hosts", List.of("a"))), live)).isTrue();
  }

  @Test
  void aListIsOursAsAWhole() {
    var live = live(Map.of("hosts", List.of("a", "b")));

    assertThat(owned.hold(wanted(Map.of("hosts", List.of("a"))), live)).isFalse();
  }

  @Test
  void elementsThatOthersAddToAKeyedListAreNotOurs() {
    var theirs = Map.<String, Object>of("name", "admin", "number", 81);
    var live = live(Map.of("ports", List.of(theirs, Map.of("name", "http", "number", 80L))));

    assertThat(owned.hold(wanted(Map.of("ports", List.of(PORT))), live)).isTrue();
  }

  @Test
  void aChangedElementOfAKeyedListIsDrift() {
    var live = live(Map.of("ports", List.of(Map.of("name", "http", "number", 8080))));

    assertThat(owned.hold(wanted(Map.of("ports", List.of(PORT))), live)).isFalse();
  }

  @Test
  void aLabelThatWasTakenAwayIsDrift() {
    var manifest = new TreeMap<>(wanted(Map.of()));
    manifest.put("metadata", Map.of("labels", Map.of("owner", "us")));

    assertThat(owned.hold(manifest, live(Map.of()))).isFalse();
  }

  private static Map<String, Object> wanted(Map<String, Object> spec) {
    return Map.of("kind", "Thing", "spec", spec);
  }

  private static KubeObject live(Map<String, Object> spec) {
    return new KubeObject(
        "v1",
        "Thing",
        new ResourceKey("shop", "web"),
        KubeObject.Version.NONE,
        new TreeMap<>(),
        new TreeMap<>(),
        Map.of("spec", spec));
  }
}
