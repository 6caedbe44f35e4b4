package io.meshbridge.adapter.linkerd;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.meshbridge.spi.InvalidSettingsException;
import io.meshbridge.spi.Settings;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkerdSettingsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "namespace | My_Imports | 'My_Imports' is not a namespace; expected a DNS label",
        "linkerd-namespace | a.b | 'a.b' is not a namespace; expected a DNS label",
        "tell.service-export | true | 'true' needs marks.service-export=true",
      })
  void areRefusedBeforeTheClusterIsAsked(String key, String value, String expected) {
    assertThatExceptionOfType(InvalidSettingsException.class)
        .isThrownBy(() -> Settings.check(LinkerdSettings.specs(), Map.of(key, value)))
        .withMessageContaining(expected);
  }
}
