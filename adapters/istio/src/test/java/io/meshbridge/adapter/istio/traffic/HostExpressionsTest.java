package io.meshbridge.adapter.istio.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HostExpressionsTest {
  @Test
  void holdForAHostInAnyCaseAndWithItsPort() {
    var expression = Pattern.compile(HostExpressions.of("shop.example.org"));

    assertThat("shop.example.org").matches(expression);
    assertThat("Shop.EXAMPLE.org:8080").matches(expression);
    assertThat("shop-example.org").doesNotMatch(expression);
    assertThat("a.shop.example.org").doesNotMatch(expression);
  }

  @Test
  void holdForAllHostsBelowOne() {
    var expression = Pattern.compile(HostExpressions.of("*.example.org"));

    assertThat("A.b.Example.org").matches(expression);
    assertThat("example.org").doesNotMatch(expression);
  }

  @Test
  void areKnownAgainAlsoAsTheyWereWrittenBefore() {
    assertThat(HostExpressions.hostOf(HostExpressions.of("*.example.org")))
        .contains("*.example.org");
    assertThat(HostExpressions.hostOf(HostExpressions.of("a.example.org")))
        .contains("a.example.org");
    assertThat(HostExpressions.hostOf("a\\.example\\.org(:[0-9]+)?")).contains("a.example.org");
    assertThat(HostExpressions.hostOf("(?i)a.*")).isEmpty();
  }
}
