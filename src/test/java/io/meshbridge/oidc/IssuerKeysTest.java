package io.meshbridge.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meshbridge.config.OidcConfig;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jose4j.jwk.PublicJsonWebKey;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IssuerKeysTest {
  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
  private static final String ISSUER = "https://login.example";

  private static PublicJsonWebKey first;
  private static PublicJsonWebKey second;

  private final AtomicLong now = new AtomicLong();
  private final AtomicInteger asked = new AtomicInteger();
  private volatile Callable<String> answer = () -> Tokens.published(first);
  private final AccessTokens tokens = tokens(Duration.ofSeconds(20));

  @BeforeAll
  static void keys() throws Exception {
    first = Tokens.key("first", "RS256");
    second = Tokens.key("second", "RS256");
  }

  @Test
  void areReadWhenTheyAreFirstNeededAndThenKept() throws Exception {
    assertThat(asked).hasValue(0);

    for (int i = 0; i < 5; i++) {
      assertRight(first);
    }
    assertThat(asked).hasValue(1);
  }

  @Test
  void areReadOnceAgainForAKeyThatIsUnknownHoweverManyAsk() throws Exception {
    assertRight(first);
    pass(IssuerKeys.PAUSE);

    for (int i = 0; i < 20; i++) {
      assertThat(verdict(second)).isEqualTo(new Verdict.Wrong("the issuer has no key that fits"));
      assertRight(first);
    }
    assertThat(asked).hasValue(2);
  }

  @Test
  void followTheIssuerWhenItChangesThem() throws Exception {
    assertRight(first);
    answer = () -> Tokens.published(first, second);
    pass(IssuerKeys.PAUSE);
    assertRight(second);

    answer = () -> Tokens.published(second);
    assertRight(first);
    pass(IssuerKeys.FRESH);

    // Found among the old ones, which are then read again.
    verdict(first);
    assertThat(verdict(first)).isInstanceOf(Verdict.Wrong.class);
    assertRight(second);
  }

  @Test
  void areAwaitedWhileTheIssuerIsAwayAndAskedForMoreAndMoreSeldom() throws Exception {
    answer =
        () -> {
          throw new IOException("connection refused");
        };
    // Each second for a minute.
    for (int i = 0; i < 60; i++) {
      assertThat(verdict(first)).isEqualTo(new Verdict.Unknown("connection refused"));
      pass(Duration.ofSeconds(1));
    }
    assertThat(asked).hasValueBetween(6, 9);

    answer = () -> Tokens.published(first);
    pass(IssuerKeys.PAUSE);

    assertRight(first);
  }

  @Test
  void countForAnHourAfterTheIssuerHasGone() throws Exception {
    assertRight(first);
    answer =
        () -> {
          throw new IOException("connection refused");
        };
    pass(IssuerKeys.FRESH);
    assertRight(first);
    assertThat(verdict(second)).isInstanceOf(Verdict.Unknown.class);

    pass(IssuerKeys.USABLE.minus(IssuerKeys.FRESH).minusNanos(1));
    assertRight(first);
    pass(Duration.ofNanos(1));
    assertThat(verdict(first)).isEqualTo(new Verdict.Unknown("connection refused"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>",
        "{}",
        "[]",
        "null",
        "{\"keys\":5}",
        "{\"keys\":[]}",
        "{\"keys\":[5]}",
        "{\"keys\":[{\"kty\":\"RSA\"}]}",
        "{\"keys\":null}"
      })
  void areNotWhatIsSomethingElse(String something) throws Exception {
    answer = () -> something;

    for (int i = 0; i < 3; i++) {
      assertThat(verdict(first)).isInstanceOf(Verdict.Unknown.class);
    }
    assertThat(asked).hasValue(1);
  }

  @Test
  void areReadByOneForAllWhoWait() throws Exception {
    var released = new CountDownLatch(1);
    answer =
        () -> {
          released.await();
          return Tokens.published(first);
        };
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var verdicts = new ArrayList<Future<Verdict>>();
      for (int i = 0; i < 50; i++) {
        verdicts.add(callers.submit(() -> verdict(first)));
      }
      await().until(() -> asked.get() == 1);
      released.countDown();
      for (var verdict : verdicts) {
        assertThat(verdict.get()).isInstanceOf(Verdict.Right.class);
      }
    }
    assertThat(asked).hasValue(1);
  }

  @Test
  void keepNobodyWaitingWhoseKeyIsKnown() throws Exception {
    assertRight(first);
    pass(IssuerKeys.PAUSE);
    var released = new CountDownLatch(1);
    answer =
        () -> {
          released.await();
          return Tokens.published(first);
        };
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var unknown = callers.submit(() -> verdict(second));
      await().until(() -> asked.get() == 2);

      assertRight(first);
      pass(IssuerKeys.FRESH);
      assertRight(first);

      released.countDown();
      assertThat(unknown.get()).isInstanceOf(Verdict.Wrong.class);
    }
  }

  @Test
  void areAwaitedForALimitedTimeByALimitedNumber() throws Exception {
    var never = new CountDownLatch(1);
    answer =
        () -> {
          never.await();
          return "";
        };
    assertThat(verdict(tokens(Duration.ofMillis(50)), first))
        .isEqualTo(new Verdict.Unknown("no answer within PT0.05S"));

    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var verdicts = new ArrayList<Future<Verdict>>();
      for (int i = 0; i < IssuerKeys.MOST_WAITING + 20; i++) {
        verdicts.add(callers.submit(() -> verdict(first)));
      }
      // Who finds no place does not wait.
      await().until(() -> verdicts.stream().filter(Future::isDone).count() == 20);
      never.countDown();
      assertThat(verdicts)
          .allSatisfy(verdict -> assertThat(verdict.get()).isInstanceOf(Verdict.Unknown.class));
    }
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  private void assertRight(PublicJsonWebKey key) throws Exception {
    assertThat(verdict(key)).isInstanceOf(Verdict.Right.class);
  }

  private Verdict verdict(PublicJsonWebKey key) throws Exception {
    return verdict(tokens, key);
  }

  private static Verdict verdict(AccessTokens tokens, PublicJsonWebKey key) throws Exception {
    return tokens.verdict(Tokens.signed(key, Tokens.claims(ISSUER, NOON)));
  }

  private AccessTokens tokens(Duration patience) {
    KeySource source =
        () -> {
          asked.incrementAndGet();
          try {
            return answer.call();
          } catch (IOException failed) {
            throw failed;
          } catch (Exception ended) {
            throw new IOException(ended);
          }
        };
    var config =
        Tokens.config(URI.create(ISSUER), new OidcConfig.Keys.OfMetadata(Optional.empty()));
    return new AccessTokens(config, new IssuerKeys(source, now::get, patience), () -> NOON);
  }
}
