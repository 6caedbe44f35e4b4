package io.meshbridge.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GuardSettingsTest {
  private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
  private static final Duration WINDOW = Duration.ofMinutes(10);

  private final GuardSettings settings = new GuardSettings(50, 10, WINDOW);

  @Test
  void admitsWhatIsWithinTheShareOrWithinTheFloor() {
    assertThat(settings.admits(50, 100)).isTrue();
    assertThat(settings.admits(51, 100)).isFalse();
    assertThat(settings.admits(10, 10)).isTrue();
    assertThat(settings.admits(11, 11)).isFalse();
  }

  @Test
  void admitsEverythingWithAShareOfAll() {
    assertThat(new GuardSettings(100, 0, WINDOW).admits(5, 5)).isTrue();
  }

  @Test
  void countsSharesOfMoreServicesThanAnIntHolds() {
    assertThat(settings.admits(Integer.MAX_VALUE, Integer.MAX_VALUE)).isFalse();
  }

  @Test
  void takesAConfirmationForWhatWasHeldBeforeItAndForWhatFollowsWithinAWindow() {
    assertThat(settings.isConfirmed(Optional.empty(), NOON)).isFalse();
    assertThat(settings.isConfirmed(Optional.of(NOON), NOON.minusSeconds(86_400))).isTrue();
    assertThat(settings.isConfirmed(Optional.of(NOON), NOON.plus(WINDOW))).isTrue();
    assertThat(settings.isConfirmed(Optional.of(NOON), NOON.plus(WINDOW).plusNanos(1))).isFalse();
  }

  @Test
  void refusesValuesThatMeanNothing() {
    assertThatThrownBy(() -> new GuardSettings(0, 10, WINDOW))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("they are 0, 10 and PT10M");
    assertThatThrownBy(() -> new GuardSettings(101, 10, WINDOW))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new GuardSettings(50, -1, WINDOW))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new GuardSettings(50, 10, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
