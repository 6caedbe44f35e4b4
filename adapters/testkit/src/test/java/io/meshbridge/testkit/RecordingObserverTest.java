package io.meshbridge.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.Observation;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecordingObserverTest {
  private static final ServiceKey WEB = Samples.key("istio-a", "shop", "web");

  private final RecordingObserver observer = new RecordingObserver(Duration.ofSeconds(10));

  @Test
  void waitsForWhatAnotherThreadSays() throws Exception {
    var speaker = Thread.ofVirtual().start(this::speak);

    assertThat(observer.awaitOffer(WEB, offer -> offer.endpoints().size() == 2).key())
        .isEqualTo(WEB);
    assertThat(observer.awaitComplete(1).services()).containsExactly(WEB);
    speaker.join();
    assertThat(observer.all()).hasSize(3);
    assertThat(observer.lastOffer(WEB).orElseThrow().endpoints().size()).isEqualTo(2);
  }

  @Test
  void saysWhatItHeardInsteadWhenItWaitedInVain() {
    var impatient = new RecordingObserver(Duration.ofMillis(30));
    impatient.accept(new Observation.Interrupted("the disk is gone", Samples.FIRST_SEEN));

    assertThatThrownBy(() -> impatient.awaitWithdrawn(WEB))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Withdrawn")
        .hasMessageContaining("the disk is gone");
  }

  @Test
  void forgets() {
    speak();

    observer.forget();

    assertThat(observer.all()).isEmpty();
    assertThat(observer.lastOffer(WEB)).isEmpty();
    assertThat(observer.completions()).isZero();
  }

  private void speak() {
    observer.accept(new Observation.Offered(Samples.offer(WEB, "10.0.0.1"), Samples.FIRST_SEEN));
    observer.accept(
        new Observation.Offered(Samples.offer(WEB, "10.0.0.1", "10.0.0.2"), Samples.FIRST_SEEN));
    observer.accept(new Observation.Complete(Set.of(WEB), Samples.FIRST_SEEN));
  }
}
