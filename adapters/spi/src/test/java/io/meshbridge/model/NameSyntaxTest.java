package io.meshbridge.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameSyntaxTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "reviews", "a-b", "0"})
  void leavesLabelsAsTheyAre(String label) {
    assertThat(NameSyntax.label(label)).isEqualTo(label);
    assertThat(NameSyntax.DNS_LABEL.accepts(label)).isTrue();
    assertThat(NameSyntax.DNS_NAME.accepts(label)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", "...", "A", "a.b", "a_b", "\u6f22\u5b57", "-a-", " ", "\n"})
  void makesALabelOfAnything(String text) {
    assertThat(NameSyntax.label(text)).isNotEqualTo(text).satisfies(NameSyntaxTest::isLabel);
  }

  @Test
  void makesOneLabelPerTextWhateverTheTextIs() {
    // Given
    var random = new Random(7);
    Map<String, String> texts = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      var text = hostile(random);

      // When
      var label = NameSyntax.label(text);

      // Then
      assertThat(label).as("text %d", i).satisfies(NameSyntaxTest::isLabel);
      var before = texts.putIfAbsent(label, text);
      assertThat(before == null || before.equals(text))
          .as("text %d: '%s' and '%s' are both %s", i, text, before, label)
          .isTrue();
    }
    assertThat(texts).hasSizeGreaterThan(5_000);
  }

  @Test
  void keepsTheBeginningOfALongTextReadable() {
    var text = "reviews-".repeat(40);

    assertThat(NameSyntax.label(text)).startsWith("reviews-reviews-").hasSize(63);
    assertThat(NameSyntax.label(text)).isNotEqualTo(NameSyntax.label(text + "-"));
  }

  @Test
  void tellsANameApartByWhatDistinguishesIt() {
    var one = NameSyntax.withHash("web", "west/shop/web");
    var other = NameSyntax.withHash("web", "east/shop/web");

    assertThat(one).startsWith("web-").isNotEqualTo(other).satisfies(NameSyntaxTest::isLabel);
    assertThat(NameSyntax.withHash("web", "west/shop/web")).isEqualTo(one);
    assertThat(NameSyntax.withHash("-", "x")).satisfies(NameSyntaxTest::isLabel);
  }

  @Test
  void holdsDottedNamesOnlyWhereTheMeshCan() {
    assertThat(NameSyntax.DNS_NAME.accepts("web.shop.west.mesh.internal")).isTrue();
    assertThat(NameSyntax.DNS_LABEL.accepts("web.shop")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "a.", ".a", "a..b", "A", "a_b", "*.a", "-a.b", "a.b-", "a b"})
  void holdsNoBrokenNames(String name) {
    assertThat(NameSyntax.DNS_NAME.accepts(name)).isFalse();
    assertThat(NameSyntax.DNS_LABEL.accepts(name)).isFalse();
  }

  @Test
  void limitsTheLengthOfNames() {
    var name = String.join(".", List.of("a".repeat(63), "b".repeat(63), "c".repeat(63), "d"));
    var longest = name + "d".repeat(253 - name.length());

    assertThat(NameSyntax.DNS_NAME.accepts(longest)).isTrue();
    assertThat(NameSyntax.DNS_NAME.accepts(longest + "d")).isFalse();
    assertThat(NameSyntax.DNS_LABEL.accepts("a".repeat(63))).isTrue();
    assertThat(NameSyntax.DNS_LABEL.accepts("a".repeat(64))).isFalse();
    assertThat(NameSyntax.DNS_NAME.accepts("a".repeat(64))).isFalse();
  }

  private static void isLabel(String text) {
    assertThat(text).matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?").hasSizeLessThanOrEqualTo(63);
  }

  private static String hostile(Random random) {
    var parts =
        List.of(
            "a", "A", "-", ".", "_", " ", "\u0130", "\u00df", "\ud83d\ude80", "\u0000", "\n", "z9");
    var text = new StringBuilder();
    for (int i = random.nextInt(random.nextInt(20) == 0 ? 200 : 7); i > 0; i--) {
      text.append(parts.get(random.nextInt(parts.size())));
    }
    return text.toString();
  }
}
