package io.meshbridge.adapter.linkerd;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.adapter.kubernetes.Addresses;
import io.meshbridge.model.ServiceKey;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostBookTest {
  private static final ServiceKey WEB = new ServiceKey(Imports.AWAY, "shop", "web");
  private static final ServiceKey CART = new ServiceKey(Imports.AWAY, "shop", "cart");
  private static final String HOST = "db.example.com";

  // Near its end, since nanoTime may run over.
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
  private final HostBook book = new HostBook(now::get);

  @Test
  void aNewHostIsForWhoeverWantsItAndHasNoAddressYet() {
    book.want(WEB, Set.of(HOST));

    assertThat(book.takeDue()).isEmpty();
    assertThat(book.takeUnasked(Set.of(HOST, "other.example.com"))).containsExactly(HOST);
    assertThat(book.of(HOST)).isInstanceOf(HostAnswers.Answer.Unknown.class);
  }

  @Test
  void nobodyElseAsksForAHostThatIsBeingAskedForUntilItIsGivenBack() {
    book.want(WEB, Set.of(HOST));
    pass(5);
    assertThat(book.takeDue()).containsExactly(HOST);

    assertThat(book.takeDue()).isEmpty();
    assertThat(book.takeUnasked(Set.of(HOST))).isEmpty();
    assertThat(book.untilNext()).isEqualTo(Duration.ofMinutes(5));
    book.giveBack(List.of(HOST));

    assertThat(book.takeDue()).containsExactly(HOST);
  }

  @ParameterizedTest
  @CsvSource({"0, 5", "3, 5", "30, 30", "300, 300", "86400, 300"})
  void aHostIsAskedForAgainAfterItsTimeToLiveWithinBounds(long ttl, long expected) {
    book.want(WEB, Set.of(HOST));

    book.take(HOST, found(ttl, "10.0.0.1"));

    assertThat(book.takeDue()).isEmpty();
    assertThat(book.untilNext()).isEqualTo(Duration.ofSeconds(expected));
    pass(expected);
    assertThat(book.takeDue()).containsExactly(HOST);
  }

  @Test
  void tellsWhoseEndpointsChangedAndOnlyThen() {
    book.want(WEB, Set.of(HOST));
    book.want(CART, Set.of(HOST));

    assertThat(book.take(HOST, found(5, "10.0.0.1", "10.0.0.2")))
        .containsExactlyInAnyOrder(WEB, CART);
    assertThat(book.take(HOST, found(5, "10.0.0.2", "10.0.0.1", "10.0.0.2"))).isEmpty();
    assertThat(book.take(HOST, found(5, "10.0.0.3"))).containsExactlyInAnyOrder(WEB, CART);
  }

  @Test
  void keepsTheLastGoodAnswerWhileNobodyAnswersAndAsksEverMoreSeldom() {
    book.want(WEB, Set.of(HOST));
    book.take(HOST, found(5, "10.0.0.1"));

    for (long expected : List.of(5L, 10L, 20L, 40L, 80L, 160L, 300L, 300L, 300L)) {
      assertThat(book.take(HOST, new HostLookup.Result.Failed("timeout"))).isEmpty();
      assertThat(book.untilNext()).isEqualTo(Duration.ofSeconds(expected));
    }

    assertThat(book.of(HOST)).isEqualTo(known("10.0.0.1"));
    assertThat(book.take(HOST, found(30, "10.0.0.1"))).isEmpty();
    assertThat(book.untilNext()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void aHostThatNeverAnsweredSaysWhy() {
    book.want(WEB, Set.of(HOST));

    book.take(HOST, new HostLookup.Result.Failed("SERVFAIL"));

    assertThat(book.of(HOST))
        .isInstanceOfSatisfying(
            HostAnswers.Answer.Unknown.class,
            unknown -> assertThat(unknown.reason()).contains("SERVFAIL"));
    assertThat(book.takeUnasked(Set.of(HOST))).isEmpty();
  }

  @Test
  void forgetsAHostThatNobodyNeeds() {
    book.want(WEB, Set.of(HOST));
    book.want(CART, Set.of(HOST));
    book.take(HOST, found(5, "10.0.0.1"));

    book.want(WEB, Set.of());
    assertThat(book.of(HOST)).isEqualTo(known("10.0.0.1"));
    book.want(CART, Set.of("other.example.com"));

    assertThat(book.of(HOST)).isInstanceOf(HostAnswers.Answer.Unknown.class);
    pass(600);
    assertThat(book.takeDue()).containsExactly("other.example.com");
    assertThat(book.take(HOST, found(5, "10.0.0.9"))).isEmpty();
  }

  @Test
  void spellsOfAHostAreOneHost() {
    book.want(WEB, Set.of("DB.example.com"));

    book.take("db.EXAMPLE.com", found(5, "10.0.0.1"));

    assertThat(book.of(HOST)).isEqualTo(known("10.0.0.1"));
  }

  private void pass(long seconds) {
    now.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }

  private static HostAnswers.Answer known(String... addresses) {
    return new HostAnswers.Answer.Known(ips(addresses));
  }

  private static HostLookup.Result found(long ttlSeconds, String... addresses) {
    return new HostLookup.Result.Found(ips(addresses), Duration.ofSeconds(ttlSeconds));
  }

  private static List<InetAddress> ips(String... addresses) {
    return Stream.of(addresses).map(a -> Addresses.ipOf(a).orElseThrow()).toList();
  }
}
