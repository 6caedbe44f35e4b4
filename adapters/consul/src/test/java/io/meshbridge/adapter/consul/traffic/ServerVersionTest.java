package io.meshbridge.adapter.consul.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServerVersionTest {
  @Test
  void knowsFromWhichVersionOnAServerCan() {
    assertThat(ServerVersion.parse("1.8.7").has(Feature.LOAD_BALANCER)).isFalse();
    assertThat(ServerVersion.parse("1.9.0-beta1").has(Feature.LOAD_BALANCER)).isTrue();
    assertThat(ServerVersion.parse("1.14.1").has(Feature.IDLE_TIMEOUT)).isFalse();
    assertThat(ServerVersion.parse("1.14.2").has(Feature.IDLE_TIMEOUT)).isTrue();
    assertThat(ServerVersion.parse("2.0.0").has(Feature.TIMEOUT_OFF)).isTrue();
    assertThat(ServerVersion.parse("1.20").has(Feature.LOCALITY)).isFalse();
    assertThat(ServerVersion.parse("1.20.1+ent").has(Feature.LOCALITY)).isTrue();
  }

  @Test
  void takesWhatSaysNothingForTheNewest() {
    assertThat(ServerVersion.parse("")).isEqualTo(ServerVersion.NEWEST);
    assertThat(ServerVersion.parse("main")).isEqualTo(ServerVersion.NEWEST);
    assertThat(ServerVersion.NEWEST.has(Feature.TIMEOUT_OFF)).isTrue();
  }
}
