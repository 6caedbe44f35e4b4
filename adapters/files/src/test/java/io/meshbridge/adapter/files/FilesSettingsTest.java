package io.meshbridge.adapter.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.meshbridge.spi.InvalidSettingsException;
import io.meshbridge.spi.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilesSettingsTest {

  @Test
  void needsNothingButTheFolder() {
    var settings = read(Map.of("path", "mesh"));

    assertThat(settings)
        .isEqualTo(
            new FilesSettings(
                Path.of("mesh"),
                Path.of("mesh/meshbridge"),
                "",
                Duration.ofSeconds(2),
                Duration.ofMillis(50)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc", "..", "a/../..", ".hidden", "a/.b"})
  void refusesToWriteElsewhereOrWhereNothingIsRead(String imports) {
    assertThatExceptionOfType(InvalidSettingsException.class)
        .isThrownBy(() -> read(Map.of("path", "mesh", "imports", imports)))
        .withMessageContaining(imports);
  }

  @Test
  void namesAllFaultsAtOnce() {
    assertThatExceptionOfType(InvalidSettingsException.class)
        .isThrownBy(() -> read(Map.of("path", "mesh", "imports", "..", "rescan", "0s")))
        .satisfies(
            invalid ->
                assertThat(invalid.faults())
                    .extracting("key")
                    .containsExactly("imports", "rescan"));
  }

  @Test
  void areAllInTheReadmeWithTheirDefaults() throws IOException {
    var rows = Files.readAllLines(Path.of("README.md"));

    assertThat(FilesSettings.SPECS)
        .allSatisfy(
            spec ->
                assertThat(rows)
                    .anyMatch(
                        row ->
                            row.startsWith("| `" + spec.key() + "` |")
                                && row.contains(spec.defaultValue())));
  }

  private static FilesSettings read(Map<String, String> configured) {
    return FilesSettings.of(Settings.check(FilesSettings.SPECS, configured));
  }
}
