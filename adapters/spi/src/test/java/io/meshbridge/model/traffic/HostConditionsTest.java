package io.meshbridge.model.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostConditionsTest {
  @ParameterizedTest
  @ValueSource(strings = {"*", "*.example.org", "shop.example.org"})
  void aHostComesBackFromItsCondition(String host) {
    assertThat(HostConditions.hostOf(HostConditions.of(host))).contains(host);
  }

  @Test
  void everyHostNeedsNoCondition() {
    assertThat(HostConditions.of("*")).isEmpty();
  }

  @Test
  void otherConditionsAreNoHosts() {
    assertThat(HostConditions.hostOf(Optional.of(TextMatch.prefix("shop.")))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "*, *.example.org, *.example.org",
    "*.example.org, shop.example.org, shop.example.org",
    "shop.example.org, *.example.org, shop.example.org",
    "*.a.example.org, *.example.org, *.a.example.org",
    "Shop.example.org, shop.example.org, shop.example.org",
  })
  void twoHostsHaveTheNarrowerOneInCommon(String one, String other, String common) {
    assertThat(HostConditions.common(one, other)).contains(common);
  }

  @ParameterizedTest
  @CsvSource({"shop.example.org, cart.example.org", "*.example.org, example.org", "*.a.b, *.b.a"})
  void othersHaveNothingInCommon(String one, String other) {
    assertThat(HostConditions.common(one, other)).isEmpty();
  }
}
