package io.meshbridge.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ErrandsTest {
  @Test
  void answersAndFailsAsTheErrandDoes() throws Exception {
    var errands = new Errands(1, Duration.ofSeconds(20));

    assertThat(errands.run(() -> "done")).isEqualTo("done");
    assertThatThrownBy(
            () ->
                errands.run(
                    () -> {
                      throw new IOException("gone");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage("gone");
    assertThat(errands.run(() -> "again")).isEqualTo("again");
  }

  @Test
  void doesOnlySomeAtOnceAndKeepsThePlaceOfOneThatGoesOn() {
    var errands = new Errands(1, Duration.ofMillis(50));
    var end = new CountDownLatch(1);

    assertThatThrownBy(
            () ->
                errands.run(
                    () -> {
                      awaitWithoutHearing(end);
                      return "late";
                    }))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> assertThat(refused.refusal().kind()).isEqualTo(Refusal.Kind.TOO_LONG));
    assertThatThrownBy(() -> errands.run(() -> "next")).isInstanceOf(BusyException.class);
    end.countDown();
  }

  /** As a computation does that nothing interrupts. */
  private static void awaitWithoutHearing(CountDownLatch end) {
    while (end.getCount() > 0) {
      Thread.onSpinWait();
    }
  }
}
