package io.meshbridge.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshbridge.importing.ImportRules.NamespaceRule;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.testkit.Samples;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImportRulesTest {
  private static final ServiceKey WEB = Samples.key("east", "shop", "web-1");

  @ParameterizedTest
  @CsvSource({
    "east, true",
    "e*t, true",
    "*, true",
    "west, false",
    "east/shop, true",
    "east/sho, false",
    "*/shop, true",
    "east/shop/web-1, true",
    "east/*/web-*, true",
    "east/*/web, false",
    "east/*/*-1, true",
    "east/shop/w*b*1, true",
    "east/shop/we.-1, false"
  })
  void matchesByMeshNamespaceAndName(String glob, boolean matches) {
    assertThat(ServiceGlob.parse(glob).matches(WEB)).isEqualTo(matches);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "east/", "east//web", "east/shop/web/1", " "})
  void refusesWhatIsNoPattern(String text) {
    assertThatThrownBy(() -> ServiceGlob.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'" + text + "' is no pattern such as east, east/shop or east/*/web-*");
  }

  @Test
  void takesAllWithoutAWordAndElseOnlyWhatIsNamedAndNotExcepted() {
    assertThat(ImportRules.ALL.admit(WEB)).isTrue();
    assertThat(rules("east/shop,west", "").admit(WEB)).isTrue();
    assertThat(rules("west", "").admit(WEB)).isFalse();
    assertThat(rules("", "*/*/web-*").admit(WEB)).isFalse();
    assertThat(rules("east", "east/shop/web-1").admit(WEB)).isFalse();
    assertThat(rules("east", "east/shop/web-2").admit(WEB)).isTrue();
  }

  @Test
  void putsServicesWhereTheFirstRuleThatMatchesSays() {
    var rules =
        new ImportRules(
            List.of(),
            List.of(),
            Stream.of("east/yard=attic", "east/*/web-* = guests", "east=cellar")
                .map(NamespaceRule::parse)
                .toList());

    assertThat(rules.namespaceOf(WEB)).contains("guests");
    assertThat(rules.namespaceOf(Samples.key("east", "yard", "web-1"))).contains("attic");
    assertThat(rules.namespaceOf(Samples.key("east", "shop", "api"))).contains("cellar");
    assertThat(rules.namespaceOf(Samples.key("west", "shop", "api"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "east", "east=", "=guests", "east=Guests", "east=a.b", "east//x=guests"})
  void refusesWhatIsNoRuleOfNamespaces(String text) {
    assertThatThrownBy(() -> NamespaceRule.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is no pattern");
  }

  private static ImportRules rules(String only, String except) {
    return new ImportRules(globs(only), globs(except), List.of());
  }

  private static List<ServiceGlob> globs(String text) {
    return Stream.of(text.split(","))
        .filter(glob -> !glob.isEmpty())
        .map(ServiceGlob::parse)
        .toList();
  }
}
