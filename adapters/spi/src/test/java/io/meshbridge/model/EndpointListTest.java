package io.meshbridge.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EndpointListTest {

  @Test
  void doesNotDependOnTheOrderOfItsInput() {
    for (long seed = 1; seed <= 2_000; seed++) {
      // Given
      var random = new Random(seed);
      var endpoints = endpoints(random);
      var shuffled = new ArrayList<>(endpoints);
      Collections.shuffle(shuffled, random);

      // When
      var one = EndpointList.of(endpoints);
      var other = EndpointList.of(shuffled);

      // Then
      assertThat(other).as("seed %d", seed).isEqualTo(one);
    }
  }

  @Test
  void staysAsItIsWhenMadeAgain() {
    for (long seed = 1; seed <= 500; seed++) {
      var list = EndpointList.of(endpoints(new Random(seed)));

      assertThat(EndpointList.of(list.endpoints())).as("seed %d", seed).isEqualTo(list);
    }
  }

  @Test
  void namesEachPlaceOnceAndLosesNone() {
    for (long seed = 1; seed <= 500; seed++) {
      var endpoints = endpoints(new Random(seed));

      var list = EndpointList.of(endpoints);

      assertThat(list.endpoints())
          .as("seed %d", seed)
          .extracting(EndpointListTest::placeOf)
          .doesNotHaveDuplicates()
          .containsExactlyInAnyOrderElementsOf(
              endpoints.stream().map(EndpointListTest::placeOf).distinct().toList());
    }
  }

  @Test
  void countsTheBestHealthOfAPlace() {
    var ready = Endpoint.ready("10.0.0.1", Map.of("http", 80));
    var critical = ready.withHealth(Health.NOT_READY);
    var draining = ready.withHealth(Health.DRAINING);

    assertThat(EndpointList.of(List.of(critical, ready, draining)).endpoints())
        .containsExactly(ready);
    assertThat(EndpointList.of(List.of(critical, draining)).endpoints()).containsExactly(draining);
  }

  @Test
  void keepsTwoPortsOfOneAddressApart() {
    var one = Endpoint.ready("10.0.0.1", Map.of("http", 80));
    var other = Endpoint.ready("10.0.0.1", Map.of("http", 81));

    assertThat(EndpointList.of(List.of(other, one)).endpoints()).containsExactly(one, other);
  }

  @Test
  void keepsPlacesApartWhosePortsOnlyLookAlike() {
    // Printed as a map, both are {a=1, b=2}.
    var two = Endpoint.ready("10.0.0.1", Map.of("a", 1, "b", 2));
    var one = Endpoint.ready("10.0.0.1", Map.of("a=1, b", 2));

    var list = EndpointList.of(List.of(two, one, two));

    assertThat(list.size()).isEqualTo(2);
    assertThat(list).isEqualTo(EndpointList.of(List.of(one, two)));
  }

  @Test
  void isEmptyWithoutEndpoints() {
    assertThat(EndpointList.of(List.of())).isEqualTo(EndpointList.EMPTY);
    assertThat(EndpointList.EMPTY.size()).isZero();
  }

  private record Place(String address, Map<String, Integer> ports) {}

  private static Place placeOf(Endpoint endpoint) {
    return new Place(endpoint.address(), endpoint.ports());
  }

  /** So few different values that places meet often. */
  private static List<Endpoint> endpoints(Random random) {
    var endpoints = new ArrayList<Endpoint>();
    int count = random.nextInt(8);
    for (int i = 0; i < count; i++) {
      var ports = new TreeMap<String, Integer>();
      ports.put(oneOf(random, "http", "a=1, b"), 1 + random.nextInt(2));
      var labels = new TreeMap<String, String>();
      labels.put("v", oneOf(random, "1", "2"));
      endpoints.add(
          new Endpoint(
              oneOf(random, "10.0.0.1", "10.0.0.10"),
              ports,
              Health.values()[random.nextInt(2)],
              random.nextInt(2),
              oneOf(random, Locality.UNKNOWN, new Locality("eu", "a"), new Locality("eu", "b")),
              oneOf(random, "", "vpc"),
              labels,
              oneOf(random, "", "spiffe://west/a")));
    }
    return endpoints;
  }

  @SafeVarargs
  private static <T> T oneOf(Random random, T... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
