package io.meshbridge.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.meshbridge.spi.InvalidSettingsException.Fault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
  private static final String SECRET = "hunter2";
  private static final List<SettingSpec> SPECS =
      List.of(
          SettingSpec.required("address", SettingSpec.Type.URL, "Where the agent listens."),
          SettingSpec.optional("timeout", SettingSpec.Type.DURATION, "10s", "How long."),
          SettingSpec.optional("retries", SettingSpec.Type.INTEGER, "3", "How often."),
          SettingSpec.optional("tls", SettingSpec.Type.BOOLEAN, "false", "Whether."),
          SettingSpec.optional("ca-file", SettingSpec.Type.PATH, "", "Which."),
          SettingSpec.secret("token", "Who."));

  @Test
  void fillsInDefaults() {
    var settings = Settings.check(SPECS, Map.of("address", "http://127.0.0.1:8500"));

    assertThat(settings.url("address")).contains(URI.create("http://127.0.0.1:8500"));
    assertThat(settings.duration("timeout")).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.integer("retries")).isEqualTo(3);
    assertThat(settings.flag("tls")).isFalse();
    assertThat(settings.path("ca-file")).isEmpty();
    assertThat(settings.text("token")).isEmpty();
  }

  @Test
  void prefersWhatWasConfigured() {
    var settings =
        Settings.check(
            SPECS,
            Map.of(
                "address", "https://consul", "timeout", "1m", "tls", "true", "ca-file", "ca.pem"));

    assertThat(settings.duration("timeout")).isEqualTo(Duration.ofMinutes(1));
    assertThat(settings.flag("tls")).isTrue();
    assertThat(settings.path("ca-file")).contains(Path.of("ca.pem"));
  }

  @Test
  void namesAllFaultsAtOnceInTheOrderOfTheSettings() {
    var fault =
        faultsOf(
            Map.of("timeout", "soon", "retries", "-1", "tls", "yes", "tocken", SECRET, "a", "b"));

    assertThat(fault.faults())
        .extracting(Fault::key)
        .containsExactly("address", "timeout", "retries", "tls", "a", "tocken");
    assertThat(fault)
        .hasMessageContaining("'soon' is not a duration")
        .hasMessageContaining("'yes' is not true or false")
        .hasMessageContaining("Where the agent listens.")
        .hasMessageContaining("known are [address, ca-file, retries, timeout, tls, token]");
  }

  @Test
  void takesAnEmptyValueOfARequiredSettingForMissing() {
    assertThat(faultsOf(Map.of("address", "")).faults())
        .extracting(Fault::key)
        .containsExactly("address");
  }

  @Test
  void neverShowsValues() {
    var settings = Settings.check(SPECS, Map.of("address", "http://a", "token", SECRET));

    assertThat(settings.require("token")).isEqualTo(SECRET);
    assertThat(settings.toString()).contains("token").doesNotContain(SECRET);
    assertThat(faultsOf(Map.of("tocken", SECRET, "token", SECRET)))
        .message()
        .doesNotContain(SECRET);
  }

  @Test
  void neverShowsASecretThatIsMalformed() {
    var pin = new SettingSpec("pin", SettingSpec.Type.INTEGER, "", true, true, "Who.");

    var fault =
        catchThrowableOfType(
            InvalidSettingsException.class,
            () -> Settings.check(List.of(pin), Map.of("pin", SECRET)));

    assertThat(fault).hasMessageContaining("pin").message().doesNotContain(SECRET);
  }

  @ParameterizedTest
  @CsvSource({
    "0s, PT0S",
    "500ms, PT0.5S",
    "10s, PT10S",
    "5m, PT5M",
    "2h, PT2H",
    "PT1.5S, PT1.5S",
  })
  void readsDurations(String text, Duration expected) {
    var settings = Settings.check(SPECS, Map.of("address", "http://a", "timeout", text));

    assertThat(settings.duration("timeout")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "timeout, 10",
    "timeout, -1s",
    "timeout, PT-1S",
    "timeout, 1d",
    "timeout, 99999999999s",
    "timeout, PT99999999999999999999S",
    "retries, 1.5",
    "retries, 4294967296",
    "retries, ten",
    "tls, TRUE",
    "address, consul:8500",
    "address, /v1",
    "address, http://a b",
    "address, http:",
    "ca-file, 'a\u0000b'",
  })
  void refusesMalformedValues(String key, String value) {
    assertThat(faultsOf(withValue(key, value)).faults())
        .extracting(Fault::key)
        .containsExactly(key);
  }

  @Test
  void refusesASwitchWithoutTheOneThatItNeeds() {
    var specs =
        List.of(
            SettingSpec.optional("read", SettingSpec.Type.BOOLEAN, "false", "Whether."),
            SettingSpec.optional("tell", SettingSpec.Type.BOOLEAN, "false", "Whether, too.")
                .needing("read"));

    var fault =
        catchThrowableOfType(
            InvalidSettingsException.class, () -> Settings.check(specs, Map.of("tell", "true")));

    assertThat(fault.faults())
        .containsExactly(new Fault("tell", "'true' needs read=true: set it, or leave this out"));
    assertThat(Settings.check(specs, Map.of("tell", "true", "read", "true")).flag("tell")).isTrue();
    assertThat(Settings.check(specs, Map.of("read", "true")).flag("tell")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "least, 1, ''",
    "least, 10, ''",
    "least, 0, least: '0' must be from 1 to 10",
    "least, 11, least: '11' must be from 1 to 10",
    "pause, 1s, ''",
    "pause, PT1M, ''",
    "pause, 999ms, pause: '999ms' must be from 1s to 1m",
    "pause, 61s, pause: '61s' must be from 1s to 1m",
    "many, 3, ''",
    "many, 2, many: '2' must be 3 or more",
    "window, 1ms, ''",
    "window, 0s, window: '0s' must be more than nothing",
    "letter, a, ''",
    "letter, ab, letter: 'ab' must be one letter",
    "pin, 12, pin: the value must be four digits",
  })
  void refusesValuesThatBreakARule(String key, String value, String expected) {
    var specs =
        List.of(
            SettingSpec.optional("least", SettingSpec.Type.INTEGER, "5", "How many.")
                .within("1", "10"),
            SettingSpec.optional("pause", SettingSpec.Type.DURATION, "5s", "How long.")
                .within("1s", "1m"),
            SettingSpec.optional("many", SettingSpec.Type.INTEGER, "5", "How many.").atLeast("3"),
            SettingSpec.optional("window", SettingSpec.Type.DURATION, "5s", "How long.")
                .moreThanNothing(),
            SettingSpec.optional("letter", SettingSpec.Type.TEXT, "", "Which.")
                .where(text -> text.length() == 1, "must be one letter"),
            SettingSpec.secret("pin", "Who.")
                .where(text -> text.matches("\\d{4}"), "must be four digits"));

    assertThat(messagesOf(specs, Map.of(key, value)))
        .isEqualTo(expected.isEmpty() ? List.of() : List.of(expected));
  }

  @Test
  void refusesSettingsThatContradictEachOtherOrStandAlone() {
    var specs =
        List.of(
            SettingSpec.secret("token", "Who."),
            SettingSpec.optional("token-file", SettingSpec.Type.PATH, "", "Who.")
                .insteadOf("token"),
            SettingSpec.optional("cert", SettingSpec.Type.PATH, "", "Which.").onlyWith("key"),
            SettingSpec.optional("key", SettingSpec.Type.PATH, "", "Which.").onlyWith("cert"));

    assertThat(messagesOf(specs, Map.of("token", SECRET, "token-file", "f")))
        .containsExactly("token-file: contradicts token: give one of the two");
    assertThat(messagesOf(specs, Map.of("token", SECRET))).isEmpty();
    assertThat(messagesOf(specs, Map.of("token-file", "f", "cert", "c")))
        .containsExactly("cert: goes only with key: give both or neither");
    assertThat(messagesOf(specs, Map.of("cert", "c", "key", "k"))).isEmpty();
    assertThat(messagesOf(specs, Map.of("key", "k")))
        .containsExactly("key: goes only with cert: give both or neither");
  }

  @Test
  void tellsOfBrokenRulesBesideOtherFaultsButAsksThemOnlyOfValuesThatParse() {
    var specs =
        List.of(
            SettingSpec.optional("least", SettingSpec.Type.INTEGER, "5", "How many.")
                .within("1", "10"),
            SettingSpec.optional("pause", SettingSpec.Type.DURATION, "5s", "How long.")
                .within("1s", "1m"));

    assertThat(messagesOf(specs, Map.of("least", "many", "pause", "0s", "paws", "1s")))
        .containsExactly(
            "least: 'many' is not a whole number, 0 or more",
            "paws: is unknown; known are [least, pause]",
            "pause: '0s' must be from 1s to 1m");
  }

  @Test
  void tellsWhoAsksForASettingWithoutValue() {
    var settings = Settings.check(SPECS, Map.of("address", "http://a"));

    assertThatIllegalStateException()
        .isThrownBy(() -> settings.require("token"))
        .withMessageContaining("token");
  }

  private static Map<String, String> withValue(String key, String value) {
    var configured = new HashMap<>(Map.of("address", "http://a"));
    configured.put(key, value);
    return configured;
  }

  private static List<String> messagesOf(List<SettingSpec> specs, Map<String, String> configured) {
    try {
      Settings.check(specs, configured);
      return List.of();
    } catch (InvalidSettingsException invalid) {
      return invalid.faults().stream().map(fault -> fault.key() + ": " + fault.message()).toList();
    }
  }

  private static InvalidSettingsException faultsOf(Map<String, String> configured) {
    return catchThrowableOfType(
        InvalidSettingsException.class, () -> Settings.check(SPECS, configured));
  }
}
