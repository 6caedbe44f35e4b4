package io.meshbridge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFilesTest {
  @TempDir private Path folder;

  @Test
  void readsYamlAndProperties() throws IOException {
    var yaml =
        write("a.yaml", "meshbridge:\n  federation: shop\n  meshes: {east: {kind: istio}}\n");
    var properties = write("b.properties", "meshbridge.bridge-id=seven\n");

    var sources = ConfigFiles.load(List.of(yaml, properties));

    assertThat(sources.get(0).getValue("meshbridge.federation")).isEqualTo("shop");
    assertThat(sources.get(0).getValue("meshbridge.meshes.east.kind")).isEqualTo("istio");
    assertThat(sources.get(1).getValue("meshbridge.bridge-id")).isEqualTo("seven");
  }

  @Test
  void letsALaterFileWinAndBothStandBetweenDefaultsAndEnvironment() throws IOException {
    var first = write("first.yaml", "a: 1\n");
    var second = write("second.yaml", "a: 2\n");

    var ordinals =
        ConfigFiles.load(List.of(first, second)).stream().map(ConfigSource::getOrdinal).toList();

    assertThat(ordinals.get(1)).isGreaterThan(ordinals.get(0)).isLessThan(300);
    assertThat(ordinals.get(0)).isGreaterThan(260);
  }

  @Test
  void tellsEveryFileThatCannotBeUsed() throws IOException {
    var missing = folder.resolve("missing.yaml");
    var torn = write("torn.yaml", "a: [1\nb: }\n");

    var invalid =
        catchThrowableOfType(
            InvalidConfigurationException.class, () -> ConfigFiles.load(List.of(missing, torn)));

    assertThat(invalid.lines()).hasSize(2);
    assertThat(invalid.lines().get(0)).isEqualTo(missing + ": does not exist");
    assertThat(invalid.lines().get(1)).startsWith(torn + ": is not well formed: ").contains("line");
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
