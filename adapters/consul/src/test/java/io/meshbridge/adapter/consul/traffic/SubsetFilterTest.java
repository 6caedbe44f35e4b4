package io.meshbridge.adapter.consul.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubsetFilterTest {
  @Test
  void readsLabelsOutOfMetaAndTags() {
    assertThat(labels("Service.Meta.version == v1")).contains(Map.of("version", "v1"));
    assertThat(labels("(Service.Meta[\"a.b\"] == `x y`) and \"blue\" in Service.Tags"))
        .contains(Map.of("a.b", "x y", "tag.blue", ""));
    assertThat(labels("Service.Tags contains \"tier=fast\"")).contains(Map.of("tier", "fast"));
    assertThat(labels("")).contains(Map.of());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Service.Meta.version != \"v1\"",
        "Service.Meta.version == v1 or Service.Meta.version == v2",
        "Node.Datacenter == dc1",
        "not Service.Meta.version == v1",
        "Service.Meta.version matches \"v.*\"",
        "Service.Meta.version == v1 and Service.Meta.version == v2",
        "Service.Meta.meshbridge-export == \"true\"",
        "Service.Meta.a == \"one and two\""
      })
  void readsNothingThatSaysMore(String expression) {
    assertThat(SubsetFilter.parse(expression)).isEmpty();
  }

  @Test
  void writesWhatItReads() {
    // Given
    var labels = new TreeMap<>(Map.of("version", "v1", "app-tier", "", "x", "a b"));

    // When
    var expression = SubsetFilter.of(labels).orElseThrow();

    // Then
    assertThat(expression)
        .isEqualTo(
            "Service.Meta[\"app-tier\"] == \"\" and Service.Meta.version == \"v1\" and"
                + " Service.Meta.x == \"a b\"");
    assertThat(labels(expression)).contains(labels);
    assertThat(SubsetFilter.of(new TreeMap<>(Map.of("a", "\"")))).isEmpty();
  }

  private static Optional<Map<String, String>> labels(String expression) {
    return SubsetFilter.parse(expression).map(Map::copyOf);
  }
}
