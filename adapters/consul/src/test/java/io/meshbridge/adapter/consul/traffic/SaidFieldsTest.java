package io.meshbridge.adapter.consul.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SaidFieldsTest {
  @Test
  void findsTheSameInTheServersForm() {
    assertThat(
            SaidFields.same(
                Map.of("Protocol", "http"),
                Map.of("Protocol", "http", "MeshGateway", Map.of(), "X", false, "Y", 0)))
        .isTrue();
    assertThat(SaidFields.same(Map.of("T", "1h0m0s"), Map.of("T", 3_600_000_000_000L))).isTrue();
    assertThat(SaidFields.same(Map.of("T", "90s"), Map.of("T", "1m30s"))).isTrue();
    assertThat(
            SaidFields.same(
                Map.of("Splits", List.of(Map.of("Weight", 50))),
                Map.of("Splits", List.of(Map.of("Weight", 50.0, "Namespace", "default")))))
        .isTrue();
  }

  @Test
  void findsEveryDifference() {
    assertThat(SaidFields.same(Map.of("A", "b"), Map.of("A", "c"))).isFalse();
    assertThat(SaidFields.same(Map.of("A", "b"), Map.of())).isFalse();
    assertThat(SaidFields.same(Map.of(), Map.of("A", "b"))).isFalse();
    assertThat(SaidFields.same(Map.of("T", "1s"), Map.of("T", "2s"))).isFalse();
    assertThat(SaidFields.same(Map.of("A", List.of(1)), Map.of("A", List.of(1, 2)))).isFalse();
    assertThat(SaidFields.same(Map.of("S", Map.of("all", Map.of())), Map.of("S", Map.of())))
        .isFalse();
    assertThat(SaidFields.same(Map.of(), Map.of("Namespace", "shop"))).isFalse();
  }
}
