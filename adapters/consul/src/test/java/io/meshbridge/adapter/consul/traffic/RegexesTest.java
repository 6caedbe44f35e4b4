package io.meshbridge.adapter.consul.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegexesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/a/[0-9]+",
        "(?i:abc)",
        "(?P<name>x)+",
        "a\\\\1",
        "\\Qa.b\\E",
        "[[:alpha:]]+",
        "a{2,3}?",
        "\\.\\+\\d"
      })
  void takesWhatTheProxiesTake(String expression) {
    assertThat(Regexes.faultOf(expression)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"(?=x)", "(?!x)", "(?<=x)y", "(?<!x)y", "(a)\\1", "(a", "a++", "(?>a)"})
  void saysWhyTheProxiesWouldNotTakeIt(String expression) {
    assertThat(Regexes.faultOf(expression).orElseThrow()).contains(expression);
  }

  @Test
  void quotesATextSoThatItMatchesItself() {
    var text = "a.b*c+d?e(f)g|h[i]j{k}l^m$n\\o";
    assertThat(text.matches(Regexes.quote(text))).isTrue();
    assertThat(Regexes.faultOf(Regexes.quote(text))).isEmpty();
  }
}
