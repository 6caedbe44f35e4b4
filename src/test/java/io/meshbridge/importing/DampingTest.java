package io.meshbridge.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DampingTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Damping THREE_AND_ONE_A_SECOND = new Damping(3, SECOND);

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - SECOND.toNanos());
  private final FlapBook book = new FlapBook(THREE_AND_ONE_A_SECOND, now::get);

  @Test
  void letsABurstPassAndThenOneChangePerIntervalEvenWhereTheClockWrapsAround() {
    var web = Worlds.key(Worlds.A, "web");
    for (int i = 0; i < 3; i++) {
      assertThat(book.untilNext(web)).as("change %d", i).isZero();
      book.changed(web);
    }

    assertThat(book.untilNext(web)).isEqualTo(SECOND);
    now.addAndGet(SECOND.toNanos());
    assertThat(book.untilNext(web)).isZero();
    book.changed(web);
    assertThat(book.untilNext(web)).isEqualTo(SECOND);
  }

  @Test
  void forgivesEverythingInTimeAndKnowsEachImportByItself() {
    var web = Worlds.key(Worlds.A, "web");
    for (int i = 0; i < 3; i++) {
      book.changed(web);
    }
    assertThat(book.untilNext(Worlds.key(Worlds.A, "api"))).isZero();
    assertThat(book.beginsToWait(web)).isTrue();
    assertThat(book.beginsToWait(web)).isFalse();

    now.addAndGet(SECOND.multipliedBy(3).toNanos());

    for (int i = 0; i < 3; i++) {
      assertThat(book.untilNext(web)).as("change %d", i).isZero();
      book.changed(web);
    }
    assertThat(book.beginsToWait(web)).isTrue();
  }

  @Test
  void dampsNothingWithoutAnInterval() {
    var none = new Damping(1, Duration.ZERO);

    long forgivenAt = none.afterChange(none.afterChange(5, 5), 5);

    assertThat(none.untilNext(forgivenAt, 5)).isZero();
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Damping(0, SECOND));
    assertThatIllegalArgumentException().isThrownBy(() -> new Damping(1, SECOND.negated()));
  }
}
