package io.meshbridge.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "10.0.0.1\n"})
  void refusesAddressesThatCannotBeSeen(String address) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Endpoint.ready(address, Map.of("http", 80)));
  }

  @Test
  void refusesAddressesLongerThanAnyHostName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Endpoint.ready("a".repeat(254), Map.of()))
        .withMessageContaining("253");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65_536})
  void refusesWeightsOutOfRange(int weight) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> weighted(weight))
        .withMessageContaining("weight")
        .withMessageContaining(Integer.toString(weight));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_535})
  void takesWeightsInRange(int weight) {
    assertThat(weighted(weight).weight()).isEqualTo(weight);
  }

  @Test
  void isNotChangedThroughWhatItWasMadeOf() {
    // Given
    var ports = new TreeMap<>(Map.of("http", 80));
    var labels = new TreeMap<>(Map.of("app", "web"));
    var endpoint = endpoint(ports, labels);

    // When
    ports.put("http", 81);
    labels.clear();

    // Then
    assertThat(endpoint.ports()).containsExactlyEntriesOf(Map.of("http", 80));
    assertThat(endpoint.labels()).containsExactlyEntriesOf(Map.of("app", "web"));
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> endpoint.ports().put("grpc", 1));
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> endpoint.labels().clear());
  }

  @ParameterizedTest
  @EnumSource(Health.class)
  void changesNothingButItsHealth(Health health) {
    var endpoint = endpoint(new TreeMap<>(Map.of("http", 80)), new TreeMap<>());

    var other = endpoint.withHealth(health);

    assertThat(other.health()).isEqualTo(health);
    assertThat(other.withHealth(endpoint.health())).isEqualTo(endpoint);
  }

  @Test
  void takesTrafficOnlyWhileItServesNewRequests() {
    assertThat(Health.values())
        .filteredOn(Health::takesTraffic)
        .containsExactly(Health.READY, Health.WARNING);
  }

  private static Endpoint weighted(int weight) {
    return new Endpoint(
        "10.0.0.1",
        new TreeMap<>(),
        Health.READY,
        weight,
        Locality.UNKNOWN,
        "",
        new TreeMap<>(),
        "");
  }

  private static Endpoint endpoint(TreeMap<String, Integer> ports, TreeMap<String, String> labels) {
    return new Endpoint(
        "10.0.0.1", ports, Health.READY, 3, new Locality("eu", "a"), "vpc", labels, "spiffe://x/y");
  }
}
