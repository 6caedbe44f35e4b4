package io.meshbridge.leadership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshbridge.spi.NotLeadingException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LeaseTest {
  private final AtomicLong now = new AtomicLong();
  private final Lease lease = new Lease("istio-a", now::get, Duration.ofSeconds(4), 0);

  @Test
  void holdsUntilItsLimit() {
    now.set(Duration.ofSeconds(4).toNanos());

    assertThatCode(lease::check).doesNotThrowAnyException();
  }

  @Test
  void runsOutInSilence() {
    now.set(Duration.ofSeconds(4).toNanos() + 1);

    assertThatThrownBy(lease::check)
        .isInstanceOf(NotLeadingException.class)
        .hasMessageContaining("istio-a")
        .hasMessageContaining("4000 ms");
  }

  @Test
  void holdsAgainWhenTheGroupIsHeard() {
    now.set(Duration.ofSeconds(10).toNanos());

    lease.heard(Duration.ofSeconds(9).toNanos());

    assertThat(lease.holds()).isTrue();
  }

  @Test
  void neverHoldsAgainOnceEnded() {
    lease.end("fenced");

    lease.heard(now.get());

    assertThatThrownBy(lease::check)
        .isInstanceOf(NotLeadingException.class)
        .hasMessageContaining("fenced");
  }

  @Test
  void keepsTheFirstReasonOfItsEnd() {
    lease.end("fenced");

    lease.end("revoked");

    assertThatThrownBy(lease::check).hasMessageContaining("fenced");
  }
}
