package io.meshbridge.importing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecoveryTest {
  private final AtomicLong now = new AtomicLong();
  private final Recovery recovery = new Recovery(Duration.ofNanos(10), now::get);

  @Test
  void aTargetThatAlwaysAnswersDoesNotRecover() {
    assertThat(recovery.succeeded()).isFalse();
  }

  @Test
  void theFirstAnswerAfterAFailureIsNewsOnce() {
    recovery.failed();
    recovery.failed();

    assertThat(recovery.succeeded()).isTrue();
    assertThat(recovery.succeeded()).isFalse();
  }

  @Test
  void anImportThatFailsForEverIsNotTriedAgainWithEachSuccess() {
    recovery.failed();
    assertThat(recovery.succeeded()).isTrue();

    recovery.failed();
    now.set(9);
    assertThat(recovery.succeeded()).isFalse();
    now.set(10);
    assertThat(recovery.succeeded()).isTrue();
  }
}
