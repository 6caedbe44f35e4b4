package io.meshbridge.adapter.consul;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.meshbridge.spi.InvalidSettingsException;
import io.meshbridge.spi.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsulSettingsTest {

  @Test
  void areGoodAsTheyAre() {
    assertThatCode(() -> check(Map.of())).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "url | ftp://consul | url: 'ftp://consul' must begin with http:// or https://",
        "wait | 500ms | wait: '500ms' must be from 1s to 10m",
        "follow-wait | 11m | follow-wait: '11m' must be from 1s to 10m",
        "timeout | 6m | timeout: '6m' must be from 100ms to 5m",
        "max-connections | 191 | max-connections: '191' must be from 32 to 190",
        "lanes | 0 | lanes: '0' must be from 1 to 12",
        "resync-interval | 0s | resync-interval: '0s' must be from 1s to 24h",
        "retry-max | 2h | retry-max: '2h' must be from 1s to 1h",
        "tls.cert-file | a.pem | tls.cert-file: goes only with tls.key-file: give both or neither",
        "tls.key-file | a.pem | tls.key-file: goes only with tls.cert-file: give both or neither",
      })
  void areRefusedBeforeAnyAgentIsAsked(String key, String value, String expected) {
    assertThatExceptionOfType(InvalidSettingsException.class)
        .isThrownBy(() -> check(Map.of(key, value)))
        .withMessageContaining(expected);
  }

  @Test
  void takeOneTokenOnly() {
    assertThatExceptionOfType(InvalidSettingsException.class)
        .isThrownBy(() -> check(Map.of("token", "hunter2", "token-file", "token")))
        .withMessageContaining("token-file: contradicts token: give one of the two")
        .withMessageNotContaining("hunter2");
  }

  private static void check(Map<String, String> configured) {
    Settings.check(ConsulSettings.SPECS, configured);
  }
}
